import { DownloadOutlined, UploadOutlined } from '@ant-design/icons';
import { Alert, Button, Modal } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { importRecords } from '#contracts/routes/records.ts';
import type { ResponseOf } from '#contracts/route.ts';
import { ProblemAlert } from '#ui/form.tsx';
import type { Problem } from '#ui/states.tsx';
import { call, problemOf } from '../../api.ts';
import { PlainTable } from '../../plain-table.tsx';
import { queryClient } from '../../query.ts';
import { useSaid } from '../../words.ts';
import { download, toCsv } from '../tickets/csv.ts';
import { sheetOf, templateHead, type Sheet } from './sheet.ts';
import type { Kind } from './use-kinds.ts';

type Told = ResponseOf<typeof importRecords>;
type Stage = { sheet: Sheet; told: Told; kept: boolean };

/** A sheet is rehearsed as soon as it is chosen: what it would do is seen before anything is kept. */
export function ImportDialog(props: { kind: Kind; onClose: () => void }) {
  const { t, i18n } = useTranslation();
  const said = useSaid();
  const { kind } = props;
  const input = useRef<HTMLInputElement>(null);
  const [stage, setStage] = useState<Stage>();
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  const send = async (sheet: Sheet, dryRun: boolean, key: string) => {
    setBusy(true);
    setProblem(undefined);
    try {
      const body = { format: sheet.format, content: sheet.content, dryRun };
      const told = await call(importRecords, {
        params: { kind: kind.key },
        body,
        ...(dryRun ? {} : { idempotencyKey: key }),
      });
      setStage({ sheet, told, kept: !dryRun });
      if (!dryRun) void queryClient.invalidateQueries({ queryKey: ['records'] });
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setBusy(false);
    }
  };
  const choose = async (file: File) => {
    setStage(undefined);
    const sheet = sheetOf(file.name, new Uint8Array(await file.arrayBuffer()));
    if (sheet) await send(sheet, true, '');
    else setProblem({ status: 0, code: 'FILE_TYPE', title: t('records.importWrongFile') });
  };
  const template = () =>
    download(`${said(kind.name)}.csv`, toCsv([templateHead(kind, i18n.language === 'en' ? 'en' : 'zh')]));
  const right = stage ? stage.told.created + stage.told.updated : 0;
  return (
    <Modal
      open
      title={t('records.importTitle', { kind: said(kind.name) })}
      width={640}
      footer={null}
      mask={{ closable: false }}
      onCancel={props.onClose}
      destroyOnHidden
    >
      <p className="zk-dialog-intro">{t('records.importIntro')}</p>
      <div className="desk-inline rec-import">
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
          onChange={(event) => {
            const [file] = event.target.files ?? [];
            event.target.value = '';
            if (file) void choose(file);
          }}
        />
      </div>
      {problem ? (
        <ProblemAlert problem={{ ...problem, detail: problem.errors?.[0]?.message ?? problem.detail }} />
      ) : null}
      {stage ? <Result stage={stage} /> : null}
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
                disabled={right === 0}
                loading={busy}
                onClick={() => void send(stage.sheet, false, crypto.randomUUID())}
              >
                {t('records.importKeep', { count: right })}
              </Button>
              <Button onClick={props.onClose}>{t('ui:cancel')}</Button>
            </>
          )}
        </div>
      ) : null}
    </Modal>
  );
}

function Result(props: { stage: Stage }) {
  const { t } = useTranslation();
  const said = useSaid();
  const { told, kept, sheet } = props.stage;
  const { created, updated, masked, refused } = told;
  return (
    <>
      <Alert
        type={refused.length > 0 ? 'warning' : kept ? 'success' : 'info'}
        showIcon
        title={t(kept ? 'records.imported' : 'records.wouldImport', {
          created,
          updated,
          refused: refused.length,
        })}
        description={sheet.name}
      />
      {masked > 0 ? <Alert type="info" showIcon title={t('records.masked', { count: masked })} /> : null}
      {refused.length > 0 ? (
        <div className="rec-refused zk-scroll">
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
