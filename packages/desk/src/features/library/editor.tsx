import { useNavigate } from '@tanstack/react-router';
import { DatePicker, Alert, Button, Form, Input, Modal, Popconfirm, Segmented } from 'antd';
import type { Dayjs } from 'dayjs';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  discardDraft,
  draftPlaybook,
  playbookVersion,
  playbookVersions,
  publishPlaybook,
  type PlaybookRow,
} from '#contracts/routes/playbooks.ts';
import { packFaults, type PackFault } from '#contracts/pack-check.ts';
import type { Pack, Words } from '#contracts/pack.ts';
import { FormDialog } from '#ui/dialog.tsx';
import { PaneBody, PaneHead } from '#ui/split.tsx';
import { Skeleton } from '#ui/states.tsx';
import { useToast } from '#ui/toast.tsx';
import { call, problemOf } from '../../api.ts';
import { queryClient, useRead } from '../../query.ts';
import { Loaded } from '../settings/page.tsx';
import { PlaybookDrawing } from './drawing.tsx';
import { EditForms } from './edit-forms.tsx';
import { EditHead } from './edit-head.tsx';
import { EditSteps } from './edit-steps.tsx';
import { EditWords } from './edit-words.tsx';
import { FaultsContext } from './fold.tsx';
import { Rehearse } from './rehearse.tsx';
import { useNames } from './use-names.ts';
import { DifferenceTable } from './versions.tsx';

const parts = ['steps', 'words', 'forms', 'head', 'drawing', 'rehearse'] as const;
type Part = (typeof parts)[number];
const none: readonly PackFault[] = [];

/** A playbook is changed without code: as a draft that is checked while it is written, then published with a note. */
export function PlaybookEditor(props: { row: PlaybookRow; onClose: () => void }) {
  const { row } = props;
  // What was opened is what is edited: saving makes a draft of the row, and must not begin anew.
  const [version] = useState(row.draft ?? row.version ?? 1);
  const read = useRead(playbookVersion, { params: { key: row.key, version } }, { staleSeconds: 3600 });
  const force = useRead(playbookVersion, { params: { key: row.key, version: row.version ?? version } });
  // A draft that was left a moment ago may still be cached as it was before.
  const [start, setStart] = useState<Pack>();
  if (!start && read.data && !read.isFetching) setStart(read.data.pack);
  return (
    <Loaded read={read.data ? force : read}>
      {() =>
        start && force.data ? (
          <Editing {...props} start={start} edit={row.draft ? read.data!.edit : 0} force={force.data.pack} />
        ) : (
          <Skeleton rows={8} columns={2} />
        )
      }
    </Loaded>
  );
}

const ofHead: Readonly<Record<string, Words>> = {
  name: { zh: '名称', en: 'The name' },
  goal: { zh: '目标', en: 'The goal' },
  industry: { zh: '行业', en: 'The industry' },
};
/** Where a fault of the shape stands, in words; its sentence says only what is wrong. */
const placeIn = (pack: Pack, at: string, language: 'zh' | 'en'): string => {
  const [, where = '', index] = at.split('/');
  const step = where === 'steps' ? pack.steps[Number(index)] : undefined;
  const name = step ? step.name[language].trim() || String(Number(index) + 1) : undefined;
  if (name) return language === 'zh' ? `步骤“${name}”：` : `Step "${name}": `;
  const head = ofHead[where]?.[language];
  return head ? (language === 'zh' ? `${head}：` : `${head} `) : '';
};

type Written = { pack: Pack; faults: readonly PackFault[] };
/** Keeps the draft; where somebody else has written it meanwhile, asks whose text shall stand. */
function useDraft(key: string, opened: { pack: Pack; edit: number }, onTheirs: (pack: Pack) => void) {
  const { t } = useTranslation();
  const toast = useToast();
  const [modal, question] = Modal.useModal();
  const [saved, setSaved] = useState<Written>({ pack: opened.pack, faults: [] });
  const edit = useRef(opened.edit);
  const keep = async (pack: Pack): Promise<Written> => {
    const kept = await call(draftPlaybook, { params: { key }, body: { pack }, ifMatch: edit.current });
    edit.current = kept.edit;
    await queryClient.invalidateQueries({ queryKey: ['playbooks'] });
    return { pack, faults: kept.faults };
  };
  /** What was kept, or undefined where nothing was. */
  const save = async (pack: Pack): Promise<Written | undefined> => {
    try {
      const written = await keep(pack);
      setSaved(written);
      toast.done(t('library.saved'));
      return written;
    } catch (error) {
      const problem = problemOf(error);
      if (problem.code !== 'STALE_VERSION') {
        toast.failed(problem);
        return undefined;
      }
      const newest = (await call(playbookVersions, { params: { key } })).items[0]!;
      const theirs = await call(playbookVersion, { params: { key, version: newest.version } });
      edit.current = theirs.state === 'draft' ? theirs.edit : 0;
      const mine = await modal.confirm({
        title: t('library.changedMeanwhile'),
        content: t('library.changedBy', { name: theirs.author ?? '—' }),
        okText: t('library.keepMine'),
        cancelText: t('library.takeTheirs'),
        // Escape must not throw away what was written.
        keyboard: false,
      });
      if (mine) return save(pack);
      setSaved({ pack: theirs.pack, faults: [] });
      onTheirs(theirs.pack);
      return undefined;
    }
  };
  return { saved, setSaved, save, keep, edit, question };
}

function Editing(props: { row: PlaybookRow; start: Pack; edit: number; force: Pack; onClose: () => void }) {
  const { t } = useTranslation();
  const { language, refs } = useNames();
  const toast = useToast();
  const { row } = props;
  const [pack, setPack] = useState(props.start);
  const [part, setPart] = useState<Part>('steps');
  const [chosen, setChosen] = useState(pack.steps[0]!.key);
  const [publishing, setPublishing] = useState(false);
  const draft = useDraft(row.key, { pack: props.start, edit: props.edit }, setPack);
  const clean = pack === draft.saved.pack;
  // What only the server tells, an empty name say, it has told of the text it has kept.
  const told = clean ? draft.saved.faults : none;
  const faults = useMemo(() => {
    const seen = packFaults(pack, {
      roles: refs.roles.map(({ value }) => value),
      groups: refs.groupKeys.map(({ value }) => value),
    });
    return [
      ...seen,
      ...told
        .filter((one) => !seen.some(({ at }) => at === one.at))
        .map(({ at, zh, en }) => ({
          at,
          zh: `${placeIn(pack, at, 'zh')}${zh}`,
          en: `${placeIn(pack, at, 'en')}${en}`,
        })),
    ];
  }, [pack, refs, told]);
  const save = () => draft.save(pack);
  useKept(!clean, () => draft.keep(pack).catch((error: unknown) => toast.failed(problemOf(error))));
  const leave = () =>
    void (clean ? Promise.resolve(draft.saved) : save()).then((kept) => kept && props.onClose());
  const publish = async () => {
    const kept = await save();
    if (kept?.faults.length === 0) setPublishing(true);
  };
  const navigate = useNavigate();
  const discard = async () => {
    draft.setSaved({ pack, faults: [] });
    await call(discardDraft, { params: { key: row.key } }).catch((error: unknown) =>
      toast.failed(problemOf(error)),
    );
    // One that was never in force goes with its draft.
    if (row.version === null) await navigate({ to: '/playbooks' });
    await queryClient.invalidateQueries({ queryKey: ['playbooks'] });
    props.onClose();
  };
  const goTo = (at: string) => {
    const [, where, index] = at.split('/');
    if (where === 'steps' && index) {
      setPart('steps');
      setChosen(pack.steps[Number(index)]?.key ?? chosen);
    } else setPart(where === 'scripts' ? 'words' : where === 'records' ? 'forms' : 'head');
    showPlace(at);
  };
  return (
    <>
      {draft.question}
      <PaneHead title={t('library.editing', { name: pack.name[language] })} onBack={leave}>
        {row.draft ? (
          <Popconfirm
            title={t(row.version === null ? 'library.dropDraftAsk' : 'library.discardAsk')}
            onConfirm={() => void discard()}
          >
            <Button className="desk-wide">
              {t(row.version === null ? 'library.dropDraft' : 'library.discard')}
            </Button>
          </Popconfirm>
        ) : null}
        <Button disabled={clean} onClick={() => void save()}>
          {t('library.save')}
        </Button>
        <Button
          type="primary"
          disabled={faults.length > 0 || (pack === props.force && row.version !== null)}
          onClick={() => void publish()}
        >
          {t('library.publish')}
        </Button>
      </PaneHead>
      <div className="desk-bar pb-tabs">
        <Segmented
          value={part}
          onChange={setPart}
          options={parts.map((one) => ({ value: one, label: t(`library.edit.${one}`) }))}
        />
      </div>
      <PaneBody>
        <div className="pb-body">
          {faults.length > 0 ? (
            <Alert
              type="warning"
              showIcon
              title={t('library.faults', { count: faults.length })}
              description={
                <ul className="pb-faults">
                  {faults.slice(0, 8).map((fault) => (
                    <li key={`${fault.at} ${fault.zh}`}>
                      <button type="button" className="zk-bare zk-link" onClick={() => goTo(fault.at)}>
                        {fault[language]}
                      </button>
                    </li>
                  ))}
                </ul>
              }
            />
          ) : null}
          <FaultsContext value={faults}>
            {part === 'steps' ? (
              <EditSteps pack={pack} chosen={chosen} onChoose={setChosen} onChange={setPack} />
            ) : null}
            {part === 'words' ? <EditWords pack={pack} onChange={setPack} /> : null}
            {part === 'forms' ? <EditForms pack={pack} onChange={setPack} /> : null}
            {part === 'head' ? <EditHead pack={pack} onChange={setPack} /> : null}
          </FaultsContext>
          {part === 'rehearse' && faults.length === 0 ? <Rehearse pack={pack} /> : null}
          {part === 'drawing' ? (
            <PlaybookDrawing
              pack={pack}
              onStep={(key) => {
                setChosen(key);
                setPart('steps');
              }}
            />
          ) : null}
        </div>
      </PaneBody>
      {publishing ? (
        <PublishDialog
          row={row}
          edit={draft.edit.current}
          before={props.force}
          after={pack}
          onClose={() => setPublishing(false)}
          onDone={props.onClose}
        />
      ) : null}
    </>
  );
}

/** Brings the part that mends a fault into sight, once it is drawn: the narrowest that holds its place. */
function showPlace(at: string) {
  requestAnimationFrame(() => {
    const places = [...document.querySelectorAll<HTMLElement>('[data-at]')].filter(({ dataset }) =>
      `${at}/`.startsWith(`${dataset.at}/`),
    );
    places
      .toSorted((a, b) => b.dataset.at!.length - a.dataset.at!.length)[0]
      ?.scrollIntoView({ block: 'center' });
  });
}

/** Nothing typed is lost: who goes to another screen leaves a draft behind; who closes the page is asked first. */
function useKept(dirty: boolean, keep: () => Promise<unknown>) {
  const latest = useRef({ dirty, keep });
  useEffect(() => {
    latest.current = { dirty, keep };
  });
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (latest.current.dirty) event.preventDefault();
    };
    globalThis.addEventListener('beforeunload', ask);
    return () => {
      globalThis.removeEventListener('beforeunload', ask);
      if (latest.current.dirty) void latest.current.keep();
    };
  }, []);
}

/** What will change is shown before it does; running cases keep their version. */
function PublishDialog(props: {
  row: PlaybookRow;
  edit: number;
  before: Pack;
  after: Pack;
  onClose: () => void;
  onDone: () => void;
}) {
  const { t } = useTranslation();
  const toast = useToast();
  return (
    <FormDialog<{ note: string; from?: Dayjs }>
      title={t('library.publishTitle')}
      intro={t('library.publishIntro')}
      width={880}
      submit={t('library.publish')}
      onClose={props.onClose}
      problemOf={problemOf}
      onSave={async ({ note, from }) => {
        await call(publishPlaybook, {
          params: { key: props.row.key },
          body: { note, effectiveFrom: from?.toISOString() },
          ifMatch: props.edit,
          idempotencyKey: crypto.randomUUID(),
        });
        await queryClient.invalidateQueries({ queryKey: ['playbooks'] });
        toast.done(t('library.published'));
        props.onDone();
      }}
    >
      {props.row.version === null ? null : (
        <div className="pb-changed">
          <DifferenceTable before={props.before} after={props.after} />
        </div>
      )}
      <Form.Item
        name="note"
        label={t('library.note')}
        extra={t('library.noteHint')}
        rules={[{ required: true }]}
      >
        <Input.TextArea rows={3} maxLength={2000} />
      </Form.Item>
      <Form.Item name="from" label={t('library.from')} extra={t('library.fromHint')}>
        <DatePicker showTime={{ format: 'HH:mm' }} format="YYYY-MM-DD HH:mm" />
      </Form.Item>
    </FormDialog>
  );
}
