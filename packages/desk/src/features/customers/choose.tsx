import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { listCustomers, type CustomerView } from '#contracts/routes/customers.ts';
import { useRead } from '../../query.ts';
import { useWord } from '../../words.ts';
import { LevelTag, type CardCustomer } from './card.tsx';
import './customers.css';
import '../tickets/tickets.css';

/** The customer a form is about, already registered. */
export function KnownCustomer(props: { customer: CardCustomer; onOther?: () => void }) {
  const { t } = useTranslation();
  const word = useWord();
  const { customer } = props;
  const phone = customer.identities.find(({ kind }) => kind === 'phone')?.value;
  return (
    <div className="desk-known">
      <dl>
        <div>
          <dt>{t('form.customerName')}</dt>
          <dd>
            <strong>{customer.contactName ?? customer.name}</strong> <LevelTag level={customer.level} />
          </dd>
        </div>
        <div>
          <dt>{t('form.customerKind')}</dt>
          <dd>{word('customerKind', customer.kind)}</dd>
        </div>
        <div>
          <dt>{t('form.phone')}</dt>
          <dd>{phone ?? '—'}</dd>
        </div>
        <div>
          <dt>{t('form.company')}</dt>
          <dd>{customer.company || '-'}</dd>
        </div>
      </dl>
      {props.onOther ? (
        <Button size="small" onClick={props.onOther}>
          {t('form.otherCustomer')}
        </Button>
      ) : null}
    </div>
  );
}

/** Registered customers who may be the one being typed: same phone first, else the same name. */
export function Proposals(props: {
  phone?: string;
  name?: string;
  onChoose: (customer: CustomerView) => void;
}) {
  const { t } = useTranslation();
  const phone = useLater(props.phone?.replace(/[^\d+]/g, '') ?? '');
  const name = useLater(props.name?.trim() ?? '');
  const byPhone = useRead(
    listCustomers,
    { query: { phone, limit: 5 } },
    { enabled: phone.length >= 7, keep: true },
  );
  const byName = useRead(
    listCustomers,
    { query: { q: name, limit: 5 } },
    { enabled: name.length >= 2 && phone.length < 7, keep: true },
  );
  const because = phone.length >= 7 ? 'phone' : 'name';
  const found = because === 'phone' ? byPhone.data?.items : name.length >= 2 ? byName.data?.items : [];
  if (!found?.length) return null;
  return (
    <output className="desk-proposals">
      <span className="zk-quiet">{t(`form.proposal.${because}`)}</span>
      <ul>
        {found.slice(0, 3).map((one) => (
          <li key={one.id}>
            <span>
              {one.name} <LevelTag level={one.level} />
              <span className="zk-quiet">
                {one.number}
                {one.identities[0] ? ` · ${one.identities[0].value}` : ''}
              </span>
            </span>
            <Button size="small" onClick={() => props.onChoose(one)}>
              {t('form.choose')}
            </Button>
          </li>
        ))}
      </ul>
    </output>
  );
}

/** The value once the person has stopped typing for a moment. */
function useLater(value: string, ms = 300): string {
  const [later, setLater] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setLater(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return later;
}
