import { CommentOutlined } from '@ant-design/icons';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { listConversations } from '#contracts/routes/conversations.ts';
import { useWidth } from '#ui/media.ts';
import { PaneBody, PaneHead, SplitColumns } from '#ui/split.tsx';
import { EmptyState, ErrorState, Skeleton } from '#ui/states.tsx';
import { useList } from '../../query.ts';
import { ConversationList } from './list.tsx';

/** 工作台: who waits for me, the conversation, and what is known about the customer. */
export function ConversationsScreen() {
  const { t } = useTranslation();
  const { id } = useParams({ strict: false });
  const navigate = useNavigate();
  const narrow = useWidth() === 'narrow';
  const mine = useList(listConversations, { view: 'mine' });
  return (
    <SplitColumns
      name="conversations"
      active={id ? 'main' : 'list'}
      list={
        <>
          <PaneHead title={t('conversations.title')} />
          <PaneBody>
            {mine.problem && !mine.rows ? <ErrorState problem={mine.problem} onRetry={mine.retry} /> : null}
            {!mine.rows && !mine.problem ? <Skeleton rows={8} columns={1} /> : null}
            {mine.rows?.length === 0 ? (
              <EmptyState
                icon={<CommentOutlined />}
                title={t('conversations.none')}
                hint={t('conversations.noneHint')}
              />
            ) : null}
            <ConversationList
              rows={mine.rows ?? []}
              openId={id}
              onOpen={(row) => void navigate({ to: '/conversations/$id', params: { id: row.id } })}
            />
          </PaneBody>
        </>
      }
      main={
        <>
          {narrow ? (
            <PaneHead title={t('conversations.title')} onBack={() => void navigate({ to: '/' })} />
          ) : null}
          <EmptyState
            icon={<CommentOutlined />}
            title={t('conversations.pick')}
            hint={t('conversations.pickHint')}
          />
        </>
      }
    />
  );
}
