import { useRef, type ReactNode, type Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { Composer, type ComposerControls, type ComposerMode } from '#ui/composer.tsx';
import { problemOf } from '../../api.ts';
import { comma, useWord } from '../../words.ts';
import { useSession } from '../identity/session.ts';
import { takeCitations } from '../knowledge/citing.ts';
import { useSetting } from '../tickets/categories.tsx';
import { hitsIn } from './guard.ts';
import type { TalkOf } from './use-talk.ts';
import { useSources, type About } from './use-sources.ts';
import { useUploads } from './use-uploads.ts';

export type WriteProps = {
  of: TalkOf;
  id: string;
  draft: string;
  modes: ComposerMode[];
  whom?: string;
  /** Whom and what the talk is about, for ready words. */
  about: About;
  closed?: string;
  tools?: ReactNode;
  extra?: (mode: string) => ReactNode;
  controls?: Ref<ComposerControls>;
  /** What else goes with a message of this mode. */
  more?: (mode: string) => { progress?: boolean; etaAt?: string | null };
  onTyping?: () => void;
  /** After Ctrl+Shift+Enter. */
  onThen?: () => void;
  onSent?: (mode: string) => void;
};

/** The box at the bottom of a talk; what it sends goes through the outbox and is shown at once. */
export function Write(props: WriteProps) {
  const { t } = useTranslation();
  const { outbox } = useSession();
  const uploads = useUploads(props.draft);
  const { sources, mentions } = useSources(props.draft, props.about);
  const word = useWord();
  const phrases = useSetting('wording')?.items;
  const guard = (text: string, mode: string) =>
    hitsIn(text, mode, phrases ?? []).map(({ kind, ...hit }) => ({
      ...hit,
      label: word('phraseKind', kind),
    }));
  const lastTyping = useRef(0);
  const typed = (mode: string) => {
    const now = performance.now();
    if (mode === 'internal' || now - lastTyping.current < 4000) return;
    lastTyping.current = now;
    props.onTyping?.();
  };
  const send = async (text: string, mode: string, then: boolean) => {
    const attachments = uploads.take();
    try {
      const named = mentions.take(text);
      const citations = takeCitations(props.draft, text);
      const names = attachments.map(({ name }) => name).join(comma());
      outbox.send({
        clientId: crypto.randomUUID(),
        of: props.of,
        to: props.id,
        at: new Date().toISOString(),
        visibility: mode === 'internal' ? 'internal' : 'public',
        body: text || t('conversations.filesOnly', { names }),
        attachments,
        ...(mode === 'internal' && named.length > 0 ? { mentions: named } : {}),
        ...(citations.length > 0 ? { citations } : {}),
        ...props.more?.(mode),
      });
      props.onSent?.(mode);
      if (then) props.onThen?.();
    } catch (error) {
      // The box takes text and files back and says why beside them.
      uploads.put(attachments);
      const { title, detail } = problemOf(error);
      throw new Error([title, detail].filter(Boolean).join(' · '), { cause: error });
    }
  };
  return (
    <Composer
      key={props.draft}
      draft={props.draft}
      modes={props.modes}
      whom={props.whom}
      closed={props.closed}
      tools={props.tools}
      sources={sources}
      extra={props.extra}
      controls={props.controls}
      limit={20_000}
      files={uploads.files}
      onFiles={uploads.add}
      onDropFile={uploads.drop}
      onTyping={typed}
      guard={guard}
      onSend={send}
    />
  );
}
