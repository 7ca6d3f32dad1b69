import { useNavigate } from '@tanstack/react-router';
import { Button, Form, Input, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  clonePlaybook,
  listPlaybooks,
  playbookVersion,
  readPlaybook,
  switchPlaybook,
  type PlaybookRow,
} from '#contracts/routes/playbooks.ts';
import type { Pack } from '#contracts/pack.ts';
import { FormDialog } from '#ui/dialog.tsx';
import { PaneBody, PaneHead } from '#ui/split.tsx';
import { Tag } from '#ui/tag.tsx';
import { useToast } from '#ui/toast.tsx';
import { call, problemOf } from '../../api.ts';
import { NotFound } from '../../not-found.tsx';
import { useTitlePart } from '../../page-title.ts';
import { queryClient, useRead, useWrite } from '../../query.ts';
import { useSession } from '../identity/session.ts';
import { Loaded } from '../settings/page.tsx';
import { PlaybookDrawing } from './drawing.tsx';
import { PlaybookEditor } from './editor.tsx';
import { Forms, Scripts } from './contents.tsx';
import { Jams, Readers } from './people.tsx';
import { Requests } from './requests.tsx';
import { Rehearse } from './rehearse.tsx';
import { ReviewDue, Reviews } from './reviews.tsx';
import { StepText, StepTexts } from './steps.tsx';
import { Begin } from './begin.tsx';
import { useNames, useSeen } from './use-names.ts';
import { Versions } from './versions.tsx';

const tabs = ['drawing', 'text', 'words', 'forms', 'rehearse', 'jams', 'versions', 'people'] as const;
type Tab = (typeof tabs)[number];

export function PlaybookPage(props: { playbook: string }) {
  const list = useRead(listPlaybooks);
  const row = list.data?.items.find(({ key }) => key === props.playbook);
  const version = row ? (row.version ?? row.draft) : undefined;
  const read = useRead(
    playbookVersion,
    { params: { key: props.playbook, version: version ?? 1 } },
    { enabled: version !== undefined && version !== null },
  );
  return (
    <div className="desk-page">
      <Loaded read={row ? read : list}>
        {() => (row && read.data ? <Opened row={row} pack={read.data.pack} /> : row ? null : <NotFound />)}
      </Loaded>
    </div>
  );
}

function Opened(props: { row: PlaybookRow; pack: Pack }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { can } = useSession();
  const { language } = useNames();
  const [tab, setTab] = useState<Tab>('drawing');
  const [editing, setEditing] = useState(props.row.version === null);
  const [cloning, setCloning] = useState(false);
  const { row, pack } = props;
  const toast = useToast();
  const confirm = useWrite(readPlaybook, { onDone: () => toast.done(t('library.readDone')) });
  const turn = useWrite(switchPlaybook, { onDone: () => toast.done(t('library.switchedOn')) });
  useTitlePart('page', row.name[language]);
  const refused = { onError: (error: Error) => toast.failed(problemOf(error)) };
  if (editing) return <PlaybookEditor row={row} onClose={() => setEditing(false)} />;
  return (
    <>
      <PaneHead title={row.name[language]} onBack={() => void navigate({ to: '/playbooks' })}>
        {row.version === null ? null : (
          <span className="desk-wide">
            <Tag tone="outline">v{row.version}</Tag>
          </span>
        )}
        {row.read || row.version === null ? null : (
          <Button
            onClick={() =>
              confirm.mutate({ params: { key: row.key }, body: { version: row.version! } }, refused)
            }
          >
            {t('library.confirmRead')}
          </Button>
        )}
        {can('playbook.write') && row.version !== null && !row.enabled ? (
          <>
            <Tag>{t('library.states.off')}</Tag>
            <Button
              onClick={() => turn.mutate({ params: { key: row.key }, body: { enabled: true } }, refused)}
              title={t('library.switch', { name: row.name[language] })}
            >
              {t('library.on')}
            </Button>
          </>
        ) : null}
        {can('playbook.write') ? (
          <>
            <Button className="desk-wide" onClick={() => setCloning(true)}>
              {t('library.clone')}
            </Button>
            <Button type="primary" onClick={() => setEditing(true)}>
              {t(row.draft ? 'library.editDraft' : 'library.edit')}
            </Button>
          </>
        ) : null}
      </PaneHead>
      <div className="desk-bar pb-tabs">
        <Segmented
          value={tab}
          onChange={setTab}
          options={tabs.map((one) => ({ value: one, label: t(`library.tab.${one}`) }))}
        />
      </div>
      <PaneBody>
        <div className="pb-body">
          <ReviewDue row={row} />
          <Content tab={tab} row={row} pack={pack} />
        </div>
      </PaneBody>
      {cloning ? <CloneDialog row={row} onClose={() => setCloning(false)} /> : null}
    </>
  );
}

function Content({ tab, row, pack: read }: { tab: Tab; row: PlaybookRow; pack: Pack }) {
  const pack = useSeen(read);
  switch (tab) {
    case 'drawing':
      return <Drawn pack={pack} />;
    case 'text':
      return (
        <>
          <Begin pack={pack} whole />
          <StepTexts pack={pack} />
        </>
      );
    case 'words':
      return <Scripts pack={read} />;
    case 'forms':
      return <Forms pack={pack} own={read} />;
    case 'rehearse':
      return <Rehearse pack={pack} />;
    case 'jams':
      return <Jams row={row} pack={pack} />;
    case 'versions':
      return (
        <>
          <Versions row={row} />
          <Reviews row={row} />
        </>
      );
    case 'people':
      return (
        <>
          <Requests row={row} />
          <Readers row={row} />
        </>
      );
  }
}

/** The drawing with the chosen step told beside it. */
function Drawn({ pack }: { pack: Pack }) {
  const { t } = useTranslation();
  const { language } = useNames();
  const [chosen, setChosen] = useState(pack.steps[0]!.key);
  const step = pack.steps.find(({ key }) => key === chosen) ?? pack.steps[0]!;
  return (
    <>
      <p className="pb-intro">{pack.goal[language]}</p>
      <Begin pack={pack} />
      <div className="pb-beside">
        <PlaybookDrawing pack={pack} chosen={chosen} onStep={setChosen} />
        <aside className="pb-told" aria-label={t('library.chosen')}>
          <ol className="pb-steps">
            <StepText pack={pack} step={step} />
          </ol>
        </aside>
      </div>
    </>
  );
}

function CloneDialog(props: { row: PlaybookRow; onClose: () => void }) {
  const { t } = useTranslation();
  const { language } = useNames();
  const navigate = useNavigate();
  return (
    <FormDialog<{ key: string; zh: string; en: string; industry: string }>
      title={t('library.cloneTitle', { name: props.row.name[language] })}
      intro={t('library.cloneIntro')}
      submit={t('library.clone')}
      initial={{ industry: props.row.industry, zh: props.row.name.zh, en: props.row.name.en }}
      onClose={props.onClose}
      problemOf={problemOf}
      onSave={async ({ key, zh, en, industry }) => {
        await call(clonePlaybook, {
          params: { key: props.row.key },
          body: { key, name: { zh, en }, industry },
          idempotencyKey: crypto.randomUUID(),
        });
        await queryClient.invalidateQueries({ queryKey: ['playbooks'] });
        props.onClose();
        void navigate({ to: '/playbooks/$key', params: { key } });
      }}
    >
      <Form.Item name="zh" label={t('library.nameZh')} rules={[{ required: true }]}>
        <Input />
      </Form.Item>
      <Form.Item name="en" label={t('library.nameEn')} rules={[{ required: true }]}>
        <Input />
      </Form.Item>
      <Form.Item name="industry" label={t('library.industry')} rules={[{ required: true }]}>
        <Input />
      </Form.Item>
      <Form.Item
        name="key"
        label={t('library.key')}
        extra={t('library.keyHint')}
        rules={[{ required: true }, { pattern: /^[a-z][a-z0-9_]{0,39}$/, message: t('library.keyWrong') }]}
      >
        <Input />
      </Form.Item>
    </FormDialog>
  );
}
