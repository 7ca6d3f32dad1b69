import { ContainerOutlined, SearchOutlined } from '@ant-design/icons';
import { Link, useParams } from '@tanstack/react-router';
import { Input } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWidth } from '#ui/media.ts';
import { PaneBody, PaneHead, SplitColumns } from '#ui/split.tsx';
import { EmptyState, ErrorState, Skeleton } from '#ui/states.tsx';
import { problemOf } from '../../api.ts';
import { useSaid } from '../../words.ts';
import { useSession } from '../identity/session.ts';
import { RecordList } from './list.tsx';
import { RecordPage } from './page.tsx';
import { groupsOfKinds, useKinds, type Kind } from './use-kinds.ts';
import './records.css';

/** 业务记录: every form and business object that the playbooks bring, by kind. */
export function RecordsScreen() {
  const { t } = useTranslation();
  const { kind: key, id } = useParams({ strict: false }) as { kind?: string; id?: string };
  const wide = useWidth() !== 'narrow';
  const { read, kinds, kindOf } = useKinds();
  if (!kinds)
    return read.error ? (
      <ErrorState problem={problemOf(read.error)} onRetry={() => void read.refetch()} />
    ) : (
      <Skeleton rows={10} columns={4} />
    );
  if (kinds.length === 0) return <NoKinds />;
  const kind = kindOf(key) ?? (wide && !key ? groupsOfKinds(kinds)[0]?.kinds[0] : undefined);
  const main = kind ? (
    id ? (
      <RecordPage key={id} kind={kind} id={id} />
    ) : (
      <RecordList key={kind.key} kind={kind} />
    )
  ) : (
    <EmptyState
      icon={<ContainerOutlined />}
      title={t(key ? 'records.kindOff' : 'records.pick')}
      hint={t(key ? 'records.kindOffHint' : 'records.pickHint')}
    />
  );
  return (
    <SplitColumns
      name="records"
      active={key ? 'main' : 'list'}
      list={<KindList kinds={kinds} current={kind?.key} />}
      main={main}
    />
  );
}

/** More kinds than this are found by typing. */
const mostRead = 12;

function KindList(props: { kinds: readonly Kind[]; current?: string }) {
  const { t } = useTranslation();
  const said = useSaid();
  const [q, setQ] = useState('');
  const nav = useRef<HTMLElement>(null);
  // Opened by its address, the kind chosen may stand below the fold of the list.
  useEffect(() => {
    nav.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
  }, [props.current]);
  const asked = q.trim().toLowerCase();
  const kinds = props.kinds.filter(({ name }) => `${name.zh} ${name.en}`.toLowerCase().includes(asked));
  return (
    <>
      <PaneHead title={t('records.title')} />
      <PaneBody>
        <nav ref={nav} className="rec-kinds" aria-label={t('records.kinds')}>
          {props.kinds.length > mostRead ? (
            <Input
              allowClear
              size="small"
              prefix={<SearchOutlined />}
              value={q}
              onChange={(event) => setQ(event.target.value)}
              placeholder={t('records.findKind')}
              aria-label={t('records.findKind')}
            />
          ) : null}
          {groupsOfKinds(kinds).map(({ is, kinds: members }) => (
            <section key={is}>
              <h3>{t(`records.is.${is}`)}</h3>
              {members.map((kind) => (
                <Link
                  key={kind.key}
                  to="/records/$kind"
                  params={{ kind: kind.key }}
                  aria-current={kind.key === props.current ? 'page' : undefined}
                >
                  {said(kind.name)}
                </Link>
              ))}
            </section>
          ))}
        </nav>
      </PaneBody>
    </>
  );
}

/** No playbook is switched on that brings a kind. */
function NoKinds() {
  const { t } = useTranslation();
  const { can } = useSession();
  return (
    <div className="desk-page">
      <PaneHead title={t('records.title')} />
      <EmptyState icon={<ContainerOutlined />} title={t('records.noKinds')} hint={t('records.noKindsHint')}>
        {can('playbook.read') ? <Link to="/playbooks">{t('records.toPlaybooks')}</Link> : null}
      </EmptyState>
    </div>
  );
}
