/** What makes a customer complete: pure, no database. */
import type { CustomerInputBody } from '#contracts/routes/customers.ts';
import type { Actor } from '#kernel/actor.ts';
import { demandUrl } from '#kernel/safe-url.ts';
import { Problem } from '#kernel/problem.ts';
import { parsePhone } from './phone.ts';
import type { Phone } from './phone.ts';

export type Ways = { phones: Phone[]; emails: string[] };

/**
 * SD1-39: a company is served through a person. SD1-42: a company has a name of its own, a person has "-".
 * The paper form asks one name beside the company, and of an enterprise that name is the contact person's: given so,
 * it is taken so. The conditional fields are checked on the whole customer, so that a change of kind asks for what is
 * missing.
 */
export const demandComplete = (customer: {
  kind: string;
  name: string;
  contactName?: string | null;
  company?: string | null;
}): { company: string; contactName?: string } => {
  const given = customer.contactName?.trim();
  const company = customer.company?.trim();
  if (customer.kind === 'person') return { company: '-', contactName: given };
  const contactName =
    given ||
    (company && company !== '-' && company !== customer.name.trim() ? customer.name.trim() : undefined);
  if (!contactName)
    throw new Problem('CUSTOMER_CONTACT_NAME_REQUIRED', {}, [{ pointer: '/contactName', code: 'REQUIRED' }]);
  if (!company || company === '-')
    throw new Problem('CUSTOMER_COMPANY_REQUIRED', {}, [{ pointer: '/company', code: 'REQUIRED' }]);
  return { company, contactName };
};

/**
 * SD4-04: once the cooperation with a company has a beginning, its base file is whole: trade, position of the contact,
 * a way to reach them (name, contact and level are there always). Asked of people who fill it in; what comes by the
 * portal, a telephone or a sheet begins with less.
 */
export const demandBaseFile = (
  actor: Pick<Actor, 'kind'>,
  file: {
    kind: string;
    industry?: string | null;
    contactTitle?: string | null;
    cooperationSince?: string | null;
    reachable: boolean;
  },
): void => {
  if (actor.kind !== 'user' && actor.kind !== 'token') return;
  if (file.kind !== 'company' || !file.cooperationSince) return;
  const missing = [
    ...(file.industry?.trim() ? [] : ['/industry']),
    ...(file.contactTitle?.trim() ? [] : ['/contactTitle']),
    ...(file.reachable ? [] : ['/phones']),
  ];
  if (missing.length > 0)
    throw new Problem(
      'VALIDATION',
      {},
      missing.map((pointer) => ({ pointer, code: 'REQUIRED' as const })),
    );
};

export const ways = ({
  phones = [],
  emails = [],
  website,
}: Pick<CustomerInputBody, 'phones' | 'emails' | 'website'>): Ways => {
  demandUrl(website, 'website');
  return {
    phones: phones.map((raw, i) => {
      const phone = parsePhone(raw);
      if (!phone) throw new Problem('PHONE_INVALID', {}, [{ pointer: `/phones/${i}`, code: 'INVALID' }]);
      return phone;
    }),
    emails: emails.map((email) => email.trim().toLowerCase()),
  };
};

/** SD4-29: C + year and month + a sequence of at least three digits, rolling to four. `month` is `202611` in the centre's zone. */
export const customerNumber = (month: string, sequence: number) =>
  `C${month}${String(sequence).padStart(3, '0')}`;

const shanghaiMonth = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
});
export const monthOf = (now: number) => shanghaiMonth.format(now).replace('-', '');

/**
 * SD3g-01: who will not give a name is a customer all the same, known by the number: every way of writing “anonymous”
 * becomes one name for one number, so that the next call finds the same record.
 */
export const nameOfCaller = (name: string, phone: string | undefined): string =>
  phone !== undefined && /^(匿名|不愿(留|透露)|未留名|anonymous)/iu.test(name.trim())
    ? `匿名来电 ${phone.slice(-4)}`
    : name;
