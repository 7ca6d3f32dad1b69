import { DownloadOutlined, UploadOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { Alert, Button, Checkbox, Modal, Select } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { customerFieldKeys, customerFields, type CustomerField } from '#contracts/customer-fields.ts';
import { importCustomers, type CustomersImported } from '#contracts/routes/customers.ts';
import { ProblemAlert } from '#ui/form.tsx';
import type { Problem } from '#ui/states.tsx';
import { call, problemOf } from '../../api.ts';
import { PlainTable } from '../../plain-table.tsx';
import { queryClient } from '../../query.ts';
import { useSaid } from '../../words.ts';
import { sheetOf, type Sheet } from '../records/sheet.ts';
import { download, toCsv } from '../tickets/csv.ts';

type Mapping = Record<string, CustomerField | null>;
type Stage = { sheet: Sheet; mapping: Mapping; told: CustomersImported; kept: boolean };

/** A sheet of customers: rehearsed as soon as it is chosen and at each change of a column, kept when somebody says so. */
export function ImportCustomers(props: { onClose: () => void }) {
  const { t } = useTranslation();
  const said = useSaid();
  const input = useRef<HTMLInputElement>(null);
  const [stage, setStage] = useState<Stage>();
  const [merge, setMerge] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  const send = async (sheet: Sheet, mapping: Mapping, dryRun: boolean) => {
    setBusy(true);
    setProblem(undefined);
    try {
      const told = await call(importCustomers, {
        body: { format: sheet.format, content: sheet.content, mapping, merge, dryRun },
        ...(dryRun ? {} : { idempotencyKey: crypto.randomUUID() }),
      });
      setStage({ sheet, mapping, told, kept: !dryRun });
      if (!dryRun) void queryClient.invalidateQueries({ queryKey: ['customers'] });
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setBusy(false);
    }
  };
  const choose = async (file: File) => {
    setStage(undefined);
    const sheet = sheetOf(file.name, new Uint8Array(await file.arrayBuffer()));
    if (sheet) await send(sheet, {}, true);
    else setProblem({ status: 0, code: 'FILE_TYPE', title: t('records.importWrongFile') });
  };
  const template = () =>
    download(
      `${t('customers.title')}.csv`,
      toCsv([customerFieldKeys.map((key) => said(customerFields[key]))]),
    );
  const rows = stage ? stage.told.created + (merge ? stage.told.duplicates.length : 0) : 0;
  return (
    <Modal
      open
      title={t('customers.import')}
      width={720}
      footer={null}
      mask={{ closable: false }}
      onCancel={props.onClose}
      destroyOnHidden
    >
      <p className="zk-dialog-intro">{t('customers.importIntro')}</p>
      <div className="desk-inline cus-import">
        <Button icon={<UploadOutlined />} loading={busy} onClick={() => input.current?.click()}>
          {t(stage ? 'records.importOther' : 'records.importChoose')}
        </Button>
        <Button type="link" icon={<DownloadOutlined />} onClick={template}>
          {t('records.template')}
        </Button>
        <input
          ref={input}
          type="file"
          accept=".csv,.xlsx"
          hidden
          aria-label={t('records.importChoose')}
          onChange={(event) => {
            const [file] = event.target.files ?? [];
            event.target.value = '';
            if (file) void choose(file);
          }}
        />
      </div>
      {problem ? <ProblemAlert problem={problem} /> : null}
      {stage ? (
        <>
          {stage.kept ? null : (
            <Columns
              columns={stage.told.columns}
              busy={busy}
              onMap={(heading, field) => void send(stage.sheet, { ...stage.mapping, [heading]: field }, true)}
            />
          )}
          <Result stage={stage} />
          <Duplicates told={stage.told} merge={merge} kept={stage.kept} onMerge={setMerge} />
        </>
      ) : null}
      {stage ? (
        <div className="zk-form-foot">
          {stage.kept ? (
            <Button type="primary" onClick={props.onClose}>
              {t('records.importDone')}
            </Button>
          ) : (
            <>
              <Button
                type="primary"
                disabled={rows === 0}
                loading={busy}
                onClick={() => void send(stage.sheet, stage.mapping, false)}
              >
                {t('customers.importKeep', { count: rows })}
              </Button>
              <Button onClick={props.onClose}>{t('ui:cancel')}</Button>
            </>
          )}
        </div>
      ) : null}
    </Modal>
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

function Result(props: { stage: Stage }) {
  const { t } = useTranslation();
  const said = useSaid();
  const { told, kept, sheet } = props.stage;
  const { created, merged, duplicates, refused } = told;
  return (
    <>
      <Alert
        type={refused.length > 0 ? 'warning' : kept ? 'success' : 'info'}
        showIcon
        title={t(kept ? 'customers.imported' : 'customers.wouldImport', {
          created,
          merged,
          known: duplicates.length,
          refused: refused.length,
        })}
        description={sheet.name}
      />
      {refused.length > 0 ? (
        <div className="cus-lines zk-scroll">
          <PlainTable
            label={t('records.refusedLines')}
            rows={refused}
            rowKey={(row) => String(row.line)}
            columns={[
              { key: 'line', title: t('records.line'), width: 64, render: (row) => row.line },
              { key: 'why', title: t('records.why'), render: (row) => said(row) },
            ]}
          />
        </div>
      ) : null}
    </>
  );
}

/** Rows of somebody who is known already: told side by side, joined only when wished. */
function Duplicates(props: {
  told: CustomersImported;
  merge: boolean;
  kept: boolean;
  onMerge: (merge: boolean) => void;
}) {
  const { t } = useTranslation();
  const { duplicates } = props.told;
  if (duplicates.length === 0) return null;
  return (
    <>
      <div className="cus-lines zk-scroll">
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
        <Checkbox checked={props.merge} onChange={({ target }) => props.onMerge(target.checked)}>
          {t('customers.importMerge')}
        </Checkbox>
      )}
    </>
  );
}
