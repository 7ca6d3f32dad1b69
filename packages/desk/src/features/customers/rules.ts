/** What makes a customer complete (SD1-39, SD1-42), as the forms apply it before the server does. */
import type { CustomerInputBody } from '#contracts/routes/customers.ts';

export type CustomerKind = CustomerInputBody['kind'];

/** A person has no company: "-". */
export const companyOf = (kind: CustomerKind, company: string | undefined): string =>
  kind === 'person' ? '-' : (company ?? '').trim();

export type FormPerson = { name: string; kind: CustomerKind; phone?: string; company?: string };

/**
 * The paper form asks one name: of a person it is theirs, of an enterprise it is the contact person's, and the
 * enterprise is called by its company.
 */
export function customerOf({ name, kind, phone, company }: FormPerson): CustomerInputBody {
  const phones = phone?.trim() ? [phone.trim()] : [];
  if (kind === 'person') return { kind, name: name.trim(), company: '-', phones };
  const named = (company ?? '').trim();
  return { kind, name: named, contactName: name.trim(), company: named, phones };
}
