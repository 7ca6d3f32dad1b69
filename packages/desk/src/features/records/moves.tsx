import { DownOutlined } from '@ant-design/icons';
import { Button, Dropdown, Form } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Words } from '#contracts/pack.ts';
import { moveRecord, type RecordView } from '#contracts/routes/records.ts';
import { FormDialog } from '#ui/dialog.tsx';
import { TextBox } from '#ui/text-box.tsx';
import { useToast } from '#ui/toast.tsx';
import { problemOf } from '../../api.ts';
import { useSaid } from '../../words.ts';
import { useSession } from '../identity/session.ts';
import { doWork } from '../tasks/work.ts';
import { offeredMoves, type OfferedMove } from './rules.ts';
import type { Kind } from './use-kinds.ts';

/** Ways that lie open as buttons; the others, and those that are closed with their reason, in a menu. */
const mostOpen = 3;

export function Moves(props: { kind: Kind; record: RecordView; compact?: boolean }) {
  const { t } = useTranslation();
  const said = useSaid();
  const { me, can } = useSession();
  const [asked, setAsked] = useState<OfferedMove>();
  const { kind, record } = props;
  const moves = offeredMoves(kind, record, me);
  if (!can('record.write') || moves.length === 0) return null;
  const open = moves.filter(({ refused }) => refused === null);
  const ends = ({ to }: OfferedMove) => kind.states?.some(({ key, final }) => key === to && final === true);
  // What ends a record is not pressed by the way: it stands in the menu.
  const buttons = props.compact ? [] : open.filter((move) => !ends(move)).slice(0, mostOpen);
  const rest = moves.filter((move) => !buttons.includes(move));
  const why = (refused: Words | 'role' | 'condition') =>
    typeof refused === 'string' ? t(`records.refused.${refused}`) : said(refused);
  const items = rest.map((move, at) => ({
    key: String(at),
    disabled: move.refused !== null,
    label: move.refused ? (
      <span className="zk-refused">
        {said(move.words)}
        <span>{why(move.refused)}</span>
      </span>
    ) : (
      said(move.words)
    ),
    onClick: () => setAsked(move),
  }));
  return (
    <>
      {buttons.map((move, at) => (
        <Button
          key={`${move.to} ${move.words.zh}`}
          type={at === 0 ? 'primary' : 'default'}
          onClick={() => setAsked(move)}
        >
          {said(move.words)}
        </Button>
      ))}
      {items.length > 0 ? (
        <Dropdown trigger={['click']} placement="bottomRight" menu={{ items }}>
          <Button
            size={props.compact ? 'small' : undefined}
            type={props.compact ? 'text' : 'default'}
            aria-label={t('records.move')}
          >
            {props.compact ? null : t('records.move')} <DownOutlined />
          </Button>
        </Dropdown>
      ) : null}
      {asked ? (
        <MoveDialog kind={kind} record={record} move={asked} onClose={() => setAsked(undefined)} />
      ) : null}
    </>
  );
}

function MoveDialog(props: { kind: Kind; record: RecordView; move: OfferedMove; onClose: () => void }) {
  const { t } = useTranslation();
  const said = useSaid();
  const toast = useToast();
  const { kind, record, move } = props;
  const target = kind.states?.find(({ key }) => key === move.to);
  const to = target ? said(target) : move.to;
  return (
    <FormDialog<{ note?: string }>
      title={said(move.words)}
      intro={t('records.moveIntro', {
        number: record.number ?? record.title,
        from: record.stateName ? said(record.stateName) : '—',
        to,
      })}
      submit={t('records.moveTo', { to })}
      onClose={props.onClose}
      problemOf={problemOf}
      onSave={async ({ note }) => {
        await doWork(moveRecord, {
          params: { kind: kind.key, id: record.id },
          body: { to: move.to, ...(note?.trim() ? { note: note.trim() } : {}) },
        });
        toast.done(t('records.moved', { to }));
      }}
    >
      <Form.Item name="note" label={t('records.note')}>
        <TextBox rows={2} maxLength={1000} />
      </Form.Item>
    </FormDialog>
  );
}
