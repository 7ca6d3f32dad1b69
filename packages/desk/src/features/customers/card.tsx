import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { revealIdentity, type CustomerView } from '#contracts/routes/customers.ts';
import { FieldRow, Fields } from '#ui/form.tsx';
import { Tag } from '#ui/tag.tsx';
import { LongText, MaskedText } from '#ui/text.tsx';
import { call } from '../../api.ts';
import { useWord } from '../../words.ts';
import { useSession } from '../identity/session.ts';
import './customers.css';

export type CardCustomer = Pick<
  CustomerView,
  | 'id'
  | 'number'
  | 'name'
  | 'kind'
  | 'level'
  | 'company'
  | 'contactName'
  | 'tags'
  | 'serviceHint'
  | 'remark'
  | 'identities'
>;

/** Who the customer is, on one hand's width: name, level, how to reach them, what to mind. */
export function CustomerCard(props: { customer: CardCustomer; openTickets?: number }) {
  const { t } = useTranslation();
  const word = useWord();
  const { customer } = props;
  return (
    <section className="desk-card" aria-label={t('customers.card')}>
      <header>
        <Link to="/customers/$id" params={{ id: customer.id }} className="desk-card-name">
          {customer.name}
        </Link>
        <LevelTag level={customer.level} />
        <span className="zk-quiet">{word('customerKind', customer.kind)}</span>
      </header>
      <div className="zk-quiet desk-card-line">
        {customer.number}
        {customer.kind === 'person' ? null : (
          <>
            {customer.company && customer.company !== customer.name ? ` · ${customer.company}` : ''}
            {customer.contactName ? ` · ${customer.contactName}` : ''}
          </>
        )}
        {props.openTickets ? ` · ${t('customers.openTickets', { count: props.openTickets })}` : ''}
      </div>
      {customer.serviceHint ? <p className="desk-card-hint">{customer.serviceHint}</p> : null}
      <Identities customerId={customer.id} identities={customer.identities} />
      {customer.tags.length > 0 ? (
        <div className="desk-tags desk-card-tags">
          {customer.tags.map((tag) => (
            <Tag key={tag}>{tag}</Tag>
          ))}
        </div>
      ) : null}
      {customer.remark ? <LongText text={customer.remark} lines={2} /> : null}
    </section>
  );
}

export function LevelTag(props: { level: CustomerView['level'] | null }) {
  const word = useWord();
  if (props.level === null || props.level === 'normal') return null;
  return <Tag tone={props.level === 'vip' ? 'note' : 'outline'}>{word('customerLevel', props.level)}</Tag>;
}

/** Ways to reach the customer; masked ones are shown whole for a stated reason. */
export function Identities(props: { customerId: string; identities: CustomerView['identities'] }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const shown = props.identities.filter(
    ({ kind }) => kind === 'phone' || kind === 'email' || kind === 'openid',
  );
  if (shown.length === 0) return <p className="zk-quiet desk-card-line">{t('customers.noContact')}</p>;
  const reveal = (identityId: string) => async (reason: string) =>
    (await call(revealIdentity, { params: { id: props.customerId }, body: { identityId, reason } })).value;
  return (
    <Fields>
      {shown.map((one) => (
        <FieldRow key={one.id} label={t(`customers.identity.${one.kind}`)}>
          {one.masked && can('customer.reveal') ? (
            <MaskedText masked={one.value} onReveal={reveal(one.id)} />
          ) : (
            <MaskedText masked={one.value} />
          )}{' '}
          {one.preferred ? <Tag tone="accent">{t('customers.preferred')}</Tag> : null}
          {one.verified ? <Tag tone="ok">{t('customers.verified')}</Tag> : null}
          {one.valid ? null : <Tag tone="warn">{t('customers.invalid')}</Tag>}
        </FieldRow>
      ))}
    </Fields>
  );
}
