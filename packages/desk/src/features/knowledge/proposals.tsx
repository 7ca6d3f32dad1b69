import { EnterOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { proposeArticles, type ProposalView } from '#contracts/routes/knowledge.ts';
import { Section } from '#ui/form.tsx';
import { Tag } from '#ui/tag.tsx';
import { useRead } from '../../query.ts';
import { useSaid, useWord } from '../../words.ts';
import { useSession } from '../identity/session.ts';
import { useWordsOut } from '../playbooks/scripts.tsx';
import { addCitation } from './citing.ts';
import './knowledge.css';

/** 知识 beside a case: what fits its words and category, to be put into the answer. */
export function Proposals(props: { subject: string; category?: string; draft: string }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const [asked, setAsked] = useState('');
  const q = asked || props.subject.slice(0, 200);
  const read = useRead(
    proposeArticles,
    { query: { ...(q ? { q } : {}), ...(asked || !props.category ? {} : { category: props.category }) } },
    { enabled: can('knowledge.read'), keep: true, staleSeconds: 120 },
  );
  if (!can('knowledge.read') || !read.data) return null;
  const items = read.data.items.slice(0, asked ? 5 : 3);
  return (
    <Section
      title={t('knowledge.beside')}
      extra={
        <Input.Search
          size="small"
          allowClear
          className="kb-ask"
          placeholder={t('knowledge.ask')}
          aria-label={t('knowledge.ask')}
          onSearch={(value) => setAsked(value.trim())}
        />
      }
    >
      {items.length === 0 ? (
        <p className="zk-quiet desk-pad">{t('knowledge.noProposal')}</p>
      ) : (
        <ul className="kb-proposals">
          {items.map((one) => (
            <Proposal key={one.id} article={one} draft={props.draft} />
          ))}
        </ul>
      )}
    </Section>
  );
}

function Proposal(props: { article: ProposalView; draft: string }) {
  const { t } = useTranslation();
  const said = useSaid();
  const word = useWord();
  const { article, draft } = props;
  const internal = article.audience === 'internal';
  const out = useWordsOut(draft, internal ? 'internal' : 'public');
  const words = said(article.body);
  const put = t(internal ? 'knowledge.insertNote' : 'knowledge.insert');
  return (
    <li>
      <details>
        <summary>
          <span className="kb-proposal-title">{said(article.title)}</span>
          {internal ? <Tag tone="note">{word('audience', 'internal')}</Tag> : null}
          {article.used > 0 ? (
            <span className="zk-quiet">{t('knowledge.used', { count: article.used })}</span>
          ) : null}
        </summary>
        <blockquote>{words}</blockquote>
        <Link to="/knowledge/$id" params={{ id: article.id }}>
          {t('knowledge.open')}
        </Link>
      </details>
      <Button
        size="small"
        icon={<EnterOutlined />}
        title={put}
        onClick={() => {
          addCitation(draft, article, words);
          out.insert(words);
        }}
      >
        {put}
      </Button>
    </li>
  );
}
