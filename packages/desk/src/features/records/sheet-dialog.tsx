import { DownloadOutlined, UploadOutlined } from '@ant-design/icons';
import { Alert, Button, Modal } from 'antd';
import { useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '#ui/form.tsx';
import type { Problem } from '#ui/states.tsx';
import { problemOf } from '../../api.ts';
import { PlainTable } from '../../plain-table.tsx';
import { queryClient } from '../../query.ts';
import { useSaid } from '../../words.ts';
import './sheet-dialog.css';
import { sheetOf, type Sheet } from './sheet.ts';

export type Refused = { line: number; zh: string; en: string };
/** What a sheet would do, or did. `key` is made with each rehearsal: what was pressed twice is kept once. */
export type Stage<Told, Options, File extends Named = Sheet> = {
  sheet: File;
  options: Options;
  told: Told;
  kept: boolean;
  key: string;
};
type Named = { name: string };
/** What may be chosen, and how it is read; null for a file of another kind. */
export type Files<File extends Named> = {
  accept: string;
  choose: string;
  wrong: string;
  read: (name: string, bytes: Uint8Array) => File | null;
};

/** A sheet is rehearsed as soon as it is chosen and whenever an option changes: what it would do is seen before anything is kept. */
export function SheetDialog<Told extends { refused: Refused[] }, Options, File extends Named = Sheet>(props: {
  title: string;
  intro: string;
  /** Names the lists that are out of date afterwards. */
  changes: string;
  /** As a row chooses them at first. */
  options: Options;
  /** Without: CSV and XLSX. */
  files?: Files<File>;
  onTemplate: () => void;
  ask: (
    body: Omit<File, 'name'> & { dryRun: boolean },
    options: Options,
    idempotencyKey: string | undefined,
  ) => Promise<Told>;
  /** Rows that would be kept. */
  rows: (told: Told, options: Options) => number;
  keep: (rows: number) => string;
  result: (stage: Stage<Told, Options, File>) => string;
  /** Before and after the result; `again` rehearses with other options. */
  above?: (stage: Stage<Told, Options, File>, busy: boolean, again: (options: Options) => void) => ReactNode;
  below?: (stage: Stage<Told, Options, File>, busy: boolean, again: (options: Options) => void) => ReactNode;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const files: Files<File> = props.files ?? {
    accept: '.csv,.xlsx',
    choose: t('records.importChoose'),
    wrong: t('records.importWrongFile'),
    // Who chooses no kind of file takes sheets.
    read: sheetOf as unknown as Files<File>['read'],
  };
  const [stage, setStage] = useState<Stage<Told, Options, File>>();
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  const send = async (sheet: File, options: Options, key?: string) => {
    setBusy(true);
    setProblem(undefined);
    try {
      const { name: _, ...content } = sheet;
      const told = await props.ask({ ...content, dryRun: key === undefined }, options, key);
      setStage({ sheet, options, told, kept: key !== undefined, key: crypto.randomUUID() });
      if (key !== undefined) void queryClient.invalidateQueries({ queryKey: [props.changes] });
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setBusy(false);
    }
  };
  const choose = async (file: Blob & Named) => {
    setStage(undefined);
    const sheet = files.read(file.name, new Uint8Array(await file.arrayBuffer()));
    if (sheet) await send(sheet, props.options);
    else setProblem({ status: 0, code: 'FILE_TYPE', title: files.wrong });
  };
  const again = (options: Options) => void (stage && send(stage.sheet, options));
  return (
    <Modal
      open
      title={props.title}
      width={720}
      footer={null}
      mask={{ closable: false }}
      onCancel={props.onClose}
      destroyOnHidden
    >
      <p className="zk-dialog-intro">{props.intro}</p>
      <div className="desk-inline sheet-choose">
        <Button icon={<UploadOutlined />} loading={busy} onClick={() => input.current?.click()}>
          {stage ? t('records.importOther') : files.choose}
        </Button>
        <Button type="link" icon={<DownloadOutlined />} onClick={props.onTemplate}>
          {t('records.template')}
        </Button>
        <input
          ref={input}
          type="file"
          accept={files.accept}
          hidden
          aria-label={files.choose}
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
      {stage ? (
        <>
          {props.above?.(stage, busy, again)}
          <Alert
            type={stage.told.refused.length > 0 ? 'warning' : stage.kept ? 'success' : 'info'}
            showIcon
            title={props.result(stage)}
            description={stage.sheet.name}
          />
          <RefusedLines rows={stage.told.refused} />
          {props.below?.(stage, busy, again)}
          <div className="zk-form-foot">
            {stage.kept ? (
              <Button type="primary" onClick={props.onClose}>
                {t('records.importDone')}
              </Button>
            ) : (
              <>
                <Button
                  type="primary"
                  disabled={props.rows(stage.told, stage.options) === 0}
                  loading={busy}
                  onClick={() => void send(stage.sheet, stage.options, stage.key)}
                >
                  {props.keep(props.rows(stage.told, stage.options))}
                </Button>
                <Button onClick={props.onClose}>{t('ui:cancel')}</Button>
              </>
            )}
          </div>
        </>
      ) : null}
    </Modal>
  );
}

function RefusedLines(props: { rows: Refused[] }) {
  const { t } = useTranslation();
  const said = useSaid();
  if (props.rows.length === 0) return null;
  return (
    <div className="sheet-lines zk-scroll">
      <PlainTable
        label={t('records.refusedLines')}
        rows={props.rows}
        rowKey={(row) => String(row.line)}
        columns={[
          { key: 'line', title: t('records.line'), width: 64, render: (row) => row.line },
          { key: 'why', title: t('records.why'), render: (row) => said(row) },
        ]}
      />
    </div>
  );
}
