/** The paper form 客户信息登记表 (SD1-38) as data: what is typed, and what the server is asked to open. */
import type { CustomerInputBody } from '#contracts/routes/customers.ts';
import type { TicketInputBody } from '#contracts/routes/tickets.ts';
import type { ChannelKind, Impact, Urgency } from '#contracts/words.ts';
import { customerOf } from '../customers/rules.ts';

/** The ten fields of the form in its order; each has the number of the paper. */
export const formFields = [
  'name',
  'kind',
  'phone',
  'company',
  'category',
  'description',
  'urgency',
  'expectedAt',
  'acceptedBy',
  'acceptedAt',
] as const;
export const numberOf = (field: (typeof formFields)[number]): number => formFields.indexOf(field) + 1;

/** Fields an agent reads back to the customer (已与客户核对). */
export const checkable = ['name', 'phone', 'category', 'description', 'urgency', 'expectedAt'] as const;

export type RegistrationValues = {
  name?: string;
  kind?: CustomerInputBody['kind'];
  phone?: string;
  company?: string;
  category?: string;
  product?: string;
  description?: string;
  urgency?: Urgency;
  impact?: Impact;
  affectedUsers?: number | null;
  lossAmount?: number | null;
  /** ISO; null = 尽快. */
  expectedAt?: string | null;
  subject?: string;
  channel?: ChannelKind;
  emergency?: boolean;
  confirmed?: string[];
};

type Opening = Omit<TicketInputBody, 'channel' | 'conversationId'>;

/** What is sent; `customerId` when the customer is known already. Empty optional fields are left out. */
export function openingOf(values: RegistrationValues, customerId?: string): Opening {
  const { affectedUsers, lossAmount, expectedAt, emergency, confirmed = [] } = values;
  const known = customerId
    ? { customerId }
    : {
        customer: customerOf({
          name: values.name ?? '',
          kind: values.kind ?? 'person',
          phone: values.phone,
          company: values.company,
        }),
      };
  return {
    ...known,
    category: values.category ?? '',
    urgency: values.urgency ?? 'medium',
    impact: values.impact ?? 'single',
    subject: (values.subject ?? '').trim(),
    description: tidy(values.description ?? ''),
    expectedAt: expectedAt ?? null,
    ...(affectedUsers == null ? {} : { affectedUsers }),
    ...(lossAmount == null ? {} : { lossAmount }),
    ...(values.product ? { product: values.product } : {}),
    ...(emergency ? { emergency } : {}),
    ...(confirmed.length > 0 ? { confirmed } : {}),
  };
}

/** Trailing blanks of the template go; its headings stay, also the empty ones: they show what was not asked. */
const tidy = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .trim();
