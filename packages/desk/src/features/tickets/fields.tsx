import { DownloadOutlined, EditOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import {
  linkTicket,
  registrationFile,
  unmergeTicket,
  ticketTimeline,
  type TicketPageView,
} from '#contracts/routes/tickets.ts';
import { FieldRow, Fields, Section } from '#ui/form.tsx';
import { PrintButton } from '#ui/paper.tsx';
import { PriorityTag, Tag } from '#ui/tag.tsx';
import { LongText } from '#ui/text.tsx';
import { useToast } from '#ui/toast.tsx';
import { problemOf } from '../../api.ts';
import { useGroupName } from '../identity/people.tsx';
import { useList } from '../../query.ts';
import { useTime } from '../../time.ts';
import { useWord } from '../../words.ts';
import { mergedFrom } from '../customers/merged.ts';
import { useCategories } from './categories.tsx';
import { StatusTag } from './header.tsx';
import { useProducts } from './products.tsx';
import { refusal } from './rules.ts';
import { doVerb, useReach } from './use-ticket.ts';

/** 客户信息登记表 as it was filled in: ten fields in the order of the paper, printable, as CSV; then the rest. */
export function Form(props: { page: TicketPageView; onEdit: () => void }) {
  const { t, i18n } = useTranslation();
  const time = useTime();
  const reach = useReach(props.page.ticket);
  const { ticket } = props.page;
  const rows = useFormRows(props.page);
  return (
    <div className="desk-form-view">
      <Section
        title={t('form.title')}
        extra={
          <span className="desk-tools">
            {refusal('edit', ticket, reach) === null ? (
              <Button size="small" icon={<EditOutlined />} onClick={props.onEdit}>
                {t('tickets.verb.edit')}
              </Button>
            ) : null}
            <Button
              size="small"
              icon={<DownloadOutlined />}
              href={registrationAddress(ticket.id, 'csv', i18n.language)}
              download
            >
              CSV
            </Button>
            <Button size="small" href={registrationAddress(ticket.id, 'xlsx', i18n.language)} download>
              XLSX
            </Button>
            <Button
              size="small"
              href={registrationAddress(ticket.id, 'pdf', i18n.language)}
              target="_blank"
              rel="noopener"
            >
              PDF
            </Button>
            <PrintButton
              size="small"
              label={t('form.print')}
              title={t('form.title')}
              sheet={<Sheet number={ticket.number} rows={rows} />}
            />
          </span>
        }
      >
        <ol className="desk-paper">
          {rows.map((row) => (
            <li key={row.key}>
              <span className="desk-paper-label">{row.label}</span>
              <span>
                {row.key === 'description' ? <LongText text={row.text} lines={12} /> : row.text}
                {row.checked ? (
                  <Tag tone="ok" title={row.checked}>
                    {t('form.checked')}
                  </Tag>
                ) : null}
              </span>
            </li>
          ))}
        </ol>
      </Section>
      <More page={props.page} />
      {ticket.resolution ? (
        <Section title={t('tickets.resolution')}>
          <Fields>
            <FieldRow label={t('tickets.solution')}>
              <LongText text={ticket.resolution.solution} lines={8} />
            </FieldRow>
            <FieldRow label={t('tickets.steps')}>
              <LongText text={ticket.resolution.steps} lines={8} />
            </FieldRow>
            <FieldRow label={t('tickets.cautions')}>
              <LongText text={ticket.resolution.cautions} lines={8} />
            </FieldRow>
            <FieldRow label={t('tickets.verification')}>
              {ticket.verification ? (
                <Verification page={props.page} />
              ) : (
                <span className="zk-quiet">{t('tickets.notVerified')}</span>
              )}
            </FieldRow>
            <FieldRow label={t('tickets.confirmedAt')}>
              {ticket.confirmedAt ? time.minute(ticket.confirmedAt) : undefined}
            </FieldRow>
          </Fields>
        </Section>
      ) : null}
      <Related page={props.page} />
    </div>
  );
}

const registrationAddress = (id: string, format: 'csv' | 'xlsx' | 'pdf', language: string) =>
  `/api/v1${registrationFile.path.replace(':id', id)}?format=${format}&locale=${language === 'en' ? 'en' : 'zh-CN'}`;

function Verification(props: { page: TicketPageView }) {
  const word = useWord();
  const time = useTime();
  const { verification } = props.page.ticket;
  if (!verification) return null;
  return (
    <>
      {word('verification', verification.type)}
      <span className="zk-quiet">
        {' '}
        {verification.by} · {time.minute(verification.at)}
      </span>
    </>
  );
}

type FormRow = { key: string; label: string; text: string; checked?: string };

/** The ten fields as the paper form has them. */
function Sheet(props: { number: string; rows: FormRow[] }) {
  return (
    <>
      <p>{props.number}</p>
      <table>
        <tbody>
          {props.rows.map((row) => (
            <tr key={row.key}>
              <th scope="row">{row.label}</th>
              <td>{row.text}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

/** The ten fields in words. */
function useFormRows(page: TicketPageView): FormRow[] {
  const { t } = useTranslation();
  const word = useWord();
  const time = useTime();
  const { path } = useCategories();
  const { ticket, customer } = page;
  const phone = customer.identities.find(({ kind }) => kind === 'phone');
  const checked = (field: string) => {
    const one = ticket.confirmed.find((confirmed) => confirmed.field === field);
    return one ? `${one.by} · ${time.minute(one.at)}` : undefined;
  };
  const texts: Array<[string, string, string]> = [
    ['name', 'form.customerName', customer.contactName ?? customer.name],
    ['kind', 'form.customerKind', word('customerKind', customer.kind)],
    ['phone', 'form.phone', phone?.value ?? '—'],
    ['company', 'form.company', customer.company || '-'],
    ['category', 'form.category', path(ticket.category)],
    ['description', 'form.description', ticket.description],
    ['urgency', 'form.urgency', word('urgency', ticket.urgency)],
    ['expectedAt', 'form.expectedAt', ticket.expectedAt ? time.minute(ticket.expectedAt) : t('form.soon')],
    ['acceptedBy', 'form.acceptedBy', ticket.accountableName ?? '—'],
    ['acceptedAt', 'form.acceptedAt', time.minute(ticket.createdAt)],
  ];
  return texts.map(([key, label, text]) => ({ key, label: t(label), text, checked: checked(key) }));
}

function More(props: { page: TicketPageView }) {
  const { t } = useTranslation();
  const groupName = useGroupName();
  const product = useProducts();
  const word = useWord();
  const { ticket } = props.page;
  return (
    <Section title={t('tickets.more')}>
      <Fields>
        <FieldRow label={t('field.priority')}>
          <PriorityTag priority={ticket.priority} /> <span className="zk-quiet">{ticket.priorityWhy}</span>
        </FieldRow>
        <FieldRow label={t('field.product')}>
          {ticket.product ? (
            <>
              {product.label(ticket.product)}{' '}
              {ticket.needsCertificate ? <Tag>{t('tickets.needsCertificate')}</Tag> : null}
            </>
          ) : undefined}
        </FieldRow>
        <FieldRow label={t('field.impact')}>{word('impact', ticket.impact)}</FieldRow>
        <FieldRow label={t('field.affectedUsers')}>{ticket.affectedUsers ?? undefined}</FieldRow>
        <FieldRow label={t('field.lossAmount')}>
          {ticket.lossAmount === null
            ? undefined
            : `${ticket.lossAmount.toLocaleString('zh-CN')} ${t('tickets.yuan')}`}
        </FieldRow>
        <FieldRow label={t('form.channel')}>{word('channelKind', ticket.channel)}</FieldRow>
        <FieldRow label={t('tickets.accountable')}>{ticket.accountableName ?? undefined}</FieldRow>
        <FieldRow label={t('tickets.assignee')}>{ticket.assigneeName ?? undefined}</FieldRow>
        <FieldRow label={t('tickets.group')}>{groupName(ticket)}</FieldRow>
        {Object.entries(ticket.fields)
          .filter(([, value]) => value !== null && value !== '')
          .map(([name, value]) => (
            <FieldRow key={name} label={name}>
              {String(value)}
            </FieldRow>
          ))}
      </Fields>
    </Section>
  );
}

/** Linked tickets, and those merged into this one, each with its undo. */
function Related(props: { page: TicketPageView }) {
  const { t } = useTranslation();
  const toast = useToast();
  const { ticket } = props.page;
  const reach = useReach(ticket);
  const story = useList(ticketTimeline, { limit: 50 }, { params: { id: ticket.id } });
  const merged = mergedFrom(story.rows ?? [], 'ticket');
  const failed = (error: unknown) => toast.failed(problemOf(error));
  const may = refusal('link', ticket, reach) === null;
  if (ticket.links.length === 0 && merged.length === 0) return null;
  return (
    <Section title={t('tickets.related')}>
      <ul className="desk-mini">
        {ticket.links.map((link) => (
          <li key={`${link.id}:${link.relation}`} className="desk-pad">
            <span className="desk-mini-line">
              <Tag>{t(`field.relation.${link.relation}`)}</Tag>
              <Link to="/tickets/$id" params={{ id: link.id }} className="desk-grow">
                {link.number}　{link.subject}
              </Link>
              <StatusTag status={link.status} />
              {may ? (
                <Button
                  size="small"
                  type="text"
                  onClick={() =>
                    void doVerb(linkTicket, ticket.id, {
                      otherId: link.id,
                      relation: link.relation as 'related',
                      remove: true,
                    }).catch(failed)
                  }
                >
                  {t('tickets.unlink')}
                </Button>
              ) : null}
            </span>
          </li>
        ))}
        {merged.map((fromId) => (
          <li key={fromId} className="desk-pad">
            <span className="desk-mini-line">
              <Tag>{t('tickets.mergedHere')}</Tag>
              <Link to="/tickets/$id" params={{ id: fromId }} className="desk-grow">
                {t('tickets.openOther')}
              </Link>
              <Button
                size="small"
                type="text"
                onClick={() => void doVerb(unmergeTicket, ticket.id, { fromId }).catch(failed)}
              >
                {t('tickets.unmerge')}
              </Button>
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
