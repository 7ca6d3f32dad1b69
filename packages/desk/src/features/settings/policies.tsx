import { PlusOutlined } from '@ant-design/icons';
import { Alert, Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { getPolicies, listPolicyVersions, putPolicies, type PolicyView } from '#contracts/routes/time.ts';
import type { BodyOf } from '#contracts/route.ts';
import { useNow } from '#ui/clock.tsx';
import { ProblemAlert, Section } from '#ui/form.tsx';
import type { Problem } from '#ui/states.tsx';
import { Tag } from '#ui/tag.tsx';
import { useToast } from '#ui/toast.tsx';
import { deadlineKinds, type DeadlineKind } from '#contracts/words.ts';
import { call, problemOf } from '../../api.ts';
import { PlainTable } from '../../plain-table.tsx';
import { queryClient, useRead } from '../../query.ts';
import { useTime } from '../../time.ts';
import { colon, comma, inBrackets, useWord } from '../../words.ts';
import { useSession } from '../identity/session.ts';
import { lengthOf } from './length.ts';
import { Loaded, Page } from './page.tsx';
import { PolicyEditor, type Draft } from './policy-editor.tsx';
import { nameIn, useRefs } from './refs.ts';

/** 时限规则: every promise as a sentence. A change is a new version of the whole; running tickets keep theirs. */
export function PoliciesPage() {
  const { t } = useTranslation();
  const { can } = useSession();
  const [version, setVersion] = useState<number>();
  const read = useRead(getPolicies, { query: version === undefined ? {} : { version } });
  const newest = useRead(getPolicies, { query: {} });
  const past = version !== undefined && version !== newest.data?.version;
  const writable = can('policy.write');
  return (
    <Page section="policies" writable={writable}>
      <Loaded read={read}>
        {() =>
          read.data ? (
            <>
              {past ? (
                <Alert
                  type="info"
                  showIcon
                  className="set-note"
                  title={t('settings.policies.past', { version: read.data.version })}
                  action={
                    <Button onClick={() => setVersion(undefined)}>{t('settings.policies.back')}</Button>
                  }
                />
              ) : null}
              <Table key={read.data.version} set={read.data} readOnly={!writable || past} />
            </>
          ) : null
        }
      </Loaded>
      <Versions current={newest.data?.version} onOpen={setVersion} />
    </Page>
  );
}

const sameAs = (row: PolicyView): Draft => ({ ...row });
const touched = (row: Draft) => row.changed === true;

/** A row as the server takes it: without what only this page knows. */
function bare(row: Draft) {
  const sent = { ...row };
  delete sent.sentence;
  delete sent.changed;
  return sent;
}

function Table(props: {
  set: { version: number; effectiveFrom: string; note: string; items: PolicyView[] };
  readOnly: boolean;
}) {
  const { t } = useTranslation();
  const word = useWord();
  const [rows, setRows] = useState<Draft[]>(() => props.set.items.map(sameAs));
  const [editing, setEditing] = useState<{ at: number; row: Draft } | null>(null);
  const [publishing, setPublishing] = useState(false);
  const before = new Map(props.set.items.map((row) => [row.id, row]));
  const gone = props.set.items.filter((row) => !rows.some((one) => one.id === row.id)).length;
  const changed = rows.filter(touched).length + gone;
  const kinds = deadlineKinds.filter((kind) => rows.some((row) => row.kind === kind));
  const keep = (row: Draft) => {
    if (!editing) return;
    const next = { ...row, changed: true };
    setRows(editing.at < 0 ? [...rows, next] : rows.map((one, at) => (at === editing.at ? next : one)));
    setEditing(null);
  };
  const drop = () => {
    setRows(rows.filter((_, at) => at !== editing?.at));
    setEditing(null);
  };
  const add = (kind: DeadlineKind) =>
    setEditing({ at: -1, row: { kind, scope: {}, value: 60, unit: 'business' } });
  return (
    <div className="set-body" data-wide>
      <div className="set-bar">
        <strong>{t('settings.policies.version', { version: props.set.version })}</strong>
        <span className="zk-quiet">{props.set.note || t('settings.policies.keep')}</span>
        <span className="set-gap" />
        {changed > 0 ? (
          <>
            <span className="zk-quiet">{t('settings.policies.changed', { count: changed })}</span>
            <Button onClick={() => setRows(props.set.items.map(sameAs))}>{t('settings.undo')}</Button>
            <Button type="primary" onClick={() => setPublishing(true)}>
              {t('settings.policies.publish')}
            </Button>
          </>
        ) : null}
        {props.readOnly ? null : (
          <Button icon={<PlusOutlined />} onClick={() => add('respond')}>
            {t('settings.policies.add')}
          </Button>
        )}
      </div>
      {kinds.map((kind) => (
        <Section key={kind} title={word('deadlineKind', kind)}>
          <ul className="set-rules">
            {rows.map((row, at) =>
              row.kind === kind ? (
                <li key={row.id ?? `new-${at}`} data-changed={touched(row) || undefined}>
                  <Sentence row={row} before={before.get(row.id ?? '')} />
                  <span className="set-rule-facts">
                    {row.warnAt !== 1 && row.value !== null ? (
                      <span className="zk-quiet">
                        {t('settings.policies.warns', { share: Math.round((row.warnAt ?? 0.8) * 100) })}
                      </span>
                    ) : null}
                    {(row.ladder?.length ?? 0) > 0 ? (
                      <Tag>{t('settings.policies.steps', { count: row.ladder?.length })}</Tag>
                    ) : null}
                    <Button size="small" type="text" onClick={() => setEditing({ at, row })}>
                      {t(props.readOnly ? 'settings.look' : 'settings.edit')}
                    </Button>
                  </span>
                </li>
              ) : null,
            )}
          </ul>
        </Section>
      ))}
      {editing ? (
        <PolicyEditor
          row={editing.row}
          readOnly={props.readOnly}
          onKeep={keep}
          onDrop={editing.at < 0 ? undefined : drop}
          onClose={() => setEditing(null)}
        />
      ) : null}
      {publishing ? <Publish rows={rows} changed={changed} onClose={() => setPublishing(false)} /> : null}
    </div>
  );
}

/** The sentence of the server; a changed row is told from its parts until it is published. */
function Sentence(props: { row: Draft; before?: PolicyView }) {
  const { t } = useTranslation();
  const word = useWord();
  const refs = useRefs();
  const { row } = props;
  if (!row.changed && row.sentence) return <span>{row.sentence}</span>;
  const { channel, category, priority, customerLevel, groupId, intent } = row.scope;
  const where = [
    channel && word('channelKind', channel),
    category && nameIn(refs.categories, category),
    priority && word('priority', priority),
    customerLevel && word('customerLevel', customerLevel),
    groupId && nameIn(refs.groups, groupId),
    intent,
  ].filter(Boolean);
  const { amount, span } =
    row.unit === 'businessDays' ? { amount: row.value, span: 'workdays' as const } : lengthOf(row.value ?? 0);
  const length =
    row.value === null
      ? t('settings.policies.noTarget')
      : `${amount} ${t(`settings.unit.${span}`)}${inBrackets(word('clockUnit', row.unit))}`;
  return (
    <span>
      {where.join(comma()) || t('settings.policies.anywhere')}
      {colon()}
      {length}
      {props.before ? <span className="set-before">{props.before.sentence}</span> : null}
    </span>
  );
}

function Publish(props: { rows: Draft[]; changed: number; onClose: () => void }) {
  const { t } = useTranslation();
  const toast = useToast();
  const [note, setNote] = useState('');
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  const publish = async () => {
    setBusy(true);
    try {
      const items: BodyOf<typeof putPolicies>['items'] = props.rows.map(bare);
      const made = await call(putPolicies, {
        body: { items, ...(note.trim() ? { note: note.trim() } : {}) },
      });
      await queryClient.invalidateQueries({ queryKey: ['policies'] });
      toast.done(t('settings.policies.published', { version: made.version }));
      props.onClose();
    } catch (error) {
      setProblem(problemOf(error));
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      title={t('settings.policies.publishTitle', { count: props.changed })}
      okText={t('settings.policies.publish')}
      okButtonProps={{ loading: busy }}
      onOk={() => void publish()}
      onCancel={props.onClose}
    >
      <p className="set-intro">{t('settings.policies.keep')}</p>
      <Input.TextArea
        rows={3}
        maxLength={500}
        aria-label={t('settings.policies.note')}
        placeholder={t('settings.policies.note')}
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
      {problem ? <ProblemAlert problem={problem} /> : null}
      {problem?.errors?.map((one) => (
        <p key={one.pointer} className="set-fault">
          {one.pointer} {one.message}
        </p>
      ))}
    </Modal>
  );
}

function Versions(props: { current?: number; onOpen: (version: number) => void }) {
  const { t } = useTranslation();
  const time = useTime();
  const now = useNow(60);
  const read = useRead(listPolicyVersions);
  return (
    <Section title={t('settings.policies.versions')}>
      <PlainTable
        label={t('settings.policies.versions')}
        rows={read.data?.items ?? []}
        rowKey={(row) => String(row.version)}
        onOpen={(row) => props.onOpen(row.version)}
        columns={[
          {
            key: 'version',
            title: t('settings.policies.which'),
            width: 120,
            render: (row) => (
              <span className="desk-apart">
                {row.version}
                {row.version === props.current ? <Tag tone="ok">{t('settings.policies.inForce')}</Tag> : null}
              </span>
            ),
          },
          { key: 'note', title: t('settings.policies.noteHead'), render: (row) => row.note || '—' },
          {
            key: 'author',
            title: t('settings.policies.author'),
            width: 120,
            render: (row) => row.author ?? t('settings.system'),
          },
          {
            key: 'from',
            title: t('settings.policies.from'),
            width: 160,
            render: (row) => time.stamp(row.effectiveFrom, now),
          },
        ]}
      />
    </Section>
  );
}
