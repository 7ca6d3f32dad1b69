import { Link } from '@tanstack/react-router';
import { Checkbox, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { customerFieldKeys, customerFields, type CustomerField } from '#contracts/customer-fields.ts';
import { importCustomers, type CustomersImported } from '#contracts/routes/customers.ts';
import { call } from '../../api.ts';
import { PlainTable } from '../../plain-table.tsx';
import { useSaid } from '../../words.ts';
import { SheetDialog } from '../records/sheet-dialog.tsx';
import { download, toCsv } from '../tickets/csv.ts';

type Options = { mapping: Record<string, CustomerField | null>; merge: boolean };
const asRead: Options = { mapping: {}, merge: false };

/** A sheet of customers: which column is which field, and what becomes of those who are known already. */
export function ImportCustomers(props: { onClose: () => void }) {
  const { t } = useTranslation();
  const said = useSaid();
  return (
    <SheetDialog<CustomersImported, Options>
      title={t('customers.import')}
      intro={t('customers.importIntro')}
      changes="customers"
      options={asRead}
      onTemplate={() =>
        download(
          `${t('customers.title')}.csv`,
          toCsv([customerFieldKeys.map((key) => said(customerFields[key]))]),
        )
      }
      ask={(body, options, idempotencyKey) =>
        call(importCustomers, { body: { ...body, ...options }, idempotencyKey })
      }
      rows={({ created, duplicates }, { merge }) => created + (merge ? duplicates.length : 0)}
      keep={(count) => t('customers.importKeep', { count })}
      result={({ told: { created, merged, duplicates, refused }, kept }) =>
        t(kept ? 'customers.imported' : 'customers.wouldImport', {
          created,
          merged,
          known: duplicates.length,
          refused: refused.length,
        })
      }
      above={({ told, kept, options }, busy, again) =>
        kept ? null : (
          <Columns
            columns={told.columns}
            busy={busy}
            onMap={(heading, field) =>
              again({ ...options, mapping: { ...options.mapping, [heading]: field } })
            }
          />
        )
      }
      below={({ told, kept, options }, busy, again) => (
        <Duplicates
          told={told}
          merge={options.merge}
          kept={kept}
          busy={busy}
          onMerge={(merge) => again({ ...options, merge })}
        />
      )}
      onClose={props.onClose}
    />
  );
}

/** Which column is which field; one that is left out is kept nowhere. */
function Columns(props: {
  columns: CustomersImported['columns'];
  busy: boolean;
  onMap: (heading: string, field: CustomerField | null) => void;
}) {
  const { t } = useTranslation();
  const said = useSaid();
  return (
    <fieldset className="cus-columns">
      <legend>{t('customers.importColumns')}</legend>
      <div className="desk-two">
        {props.columns.map(({ heading, field }, i) => (
          <label key={i} className="cus-column">
            <span title={heading}>{heading || t('customers.importNoHeading')}</span>
            <Select<CustomerField | ''>
              value={field ?? ''}
              disabled={props.busy || heading === ''}
              showSearch={{ optionFilterProp: 'label' }}
              aria-label={heading}
              onChange={(next) => props.onMap(heading, next === '' ? null : next)}
              options={[
                { value: '', label: t('customers.importLeaveOut') },
                ...customerFieldKeys.map((key) => ({ value: key, label: said(customerFields[key]) })),
              ]}
            />
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** Rows of somebody who is known already: told side by side, joined only when wished. */
function Duplicates(props: {
  told: CustomersImported;
  merge: boolean;
  kept: boolean;
  busy: boolean;
  onMerge: (merge: boolean) => void;
}) {
  const { t } = useTranslation();
  const { duplicates } = props.told;
  if (duplicates.length === 0) return null;
  return (
    <>
      <div className="sheet-lines zk-scroll">
        <PlainTable
          label={t('customers.importKnown')}
          rows={duplicates}
          rowKey={(row) => String(row.line)}
          columns={[
            { key: 'line', title: t('records.line'), width: 64, render: (row) => row.line },
            { key: 'name', title: t('customers.importInSheet'), render: (row) => row.name },
            {
              key: 'known',
              title: t('customers.importKnown'),
              // During a rehearsal somebody of the sheet itself is not there yet.
              render: (row) =>
                props.kept ? (
                  <Link to="/customers/$id" params={{ id: row.id }}>
                    {row.known} {row.number}
                  </Link>
                ) : (
                  `${row.known} ${row.number}`
                ),
            },
          ]}
        />
      </div>
      {props.kept ? null : (
        <Checkbox
          checked={props.merge}
          disabled={props.busy}
          onChange={({ target }) => props.onMerge(target.checked)}
        >
          {t('customers.importMerge')}
        </Checkbox>
      )}
    </>
  );
}
