import { Button } from 'antd';
import {
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
  type ClipboardEvent,
  type DragEvent,
  type KeyboardEvent,
  type ReactNode,
  type Ref,
} from 'react';
import { useTranslation } from 'react-i18next';
import { useActions, type Action } from './actions.tsx';
import { Attachments, AttachButton, type Attached } from './attachments.tsx';
import { GuardBar, useGuard, type GuardHit } from './composer-guard.tsx';
import { ComposerMenu, optionId, useComposerMenu, type ComposerSource } from './composer-menu.tsx';
import { UndoBar, useLeaving, type Pending } from './composer-undo.tsx';
import { modKey } from './keys.ts';
import { useDraft, useStored } from './stored.ts';
import { insertAt } from './trigger.ts';
import './composer.css';

/** `internal` is drawn in another colour and says so in words: a note sent to a customer cannot be taken back. */
export type ComposerMode = {
  key: string;
  label: string;
  tone: 'public' | 'internal';
  placeholder: string;
  send: string;
  /** Seconds in which a sent text can be taken back; 0 (the start) sends at once. */
  undoSeconds?: number;
};

/** For keys of the screen: `r` writes a reply, `n` a note. */
export type ComposerControls = { focus: (mode?: string) => void };

export type ComposerProps = {
  /** Draft key: one per case; the text survives reload, navigation and a lost connection. */
  draft: string;
  modes: ComposerMode[];
  /** Who will read this, shown beside the modes. */
  whom?: string;
  limit?: number;
  tools?: ReactNode;
  /** Menus that a sign in the text brings up: `/`, `@`, `#`. */
  sources?: ComposerSource[];
  /** Between text and foot, e.g. the date promised; told the mode chosen. */
  extra?: (mode: string) => ReactNode;
  /** Why nothing can be written now; the box is then closed and says so. */
  closed?: string;
  files?: Attached[];
  onFiles?: (files: File[]) => void;
  onDropFile?: (key: string) => void;
  controls?: Ref<ComposerControls>;
  onTyping?: (mode: string) => void;
  /** What should be said otherwise, asked once before it is sent; it can be sent all the same. */
  guard?: (text: string, mode: string) => GuardHit[];
  /** `goOn` = Ctrl+Shift+Enter was pressed: send and do what comes next. Rejecting puts the text back into the box. */
  onSend: (text: string, mode: string, goOn: boolean) => Promise<void>;
};

const noSources: ComposerSource[] = [];

/** Heard by the box itself; here for the sheet. */
export const composerActions: Array<Action<null>> = [
  {
    name: 'composer.send',
    label: 'ui:composer.sendKey',
    group: 'ui:composer.keys',
    keys: ['Mod+Enter'],
    fixed: true,
    perform: () => {},
  },
  {
    name: 'composer.goOn',
    label: 'ui:composer.goOn',
    group: 'ui:composer.keys',
    keys: ['Mod+Shift+Enter'],
    fixed: true,
    perform: () => {},
  },
];

export function Composer(props: ComposerProps) {
  const { t } = useTranslation('ui');
  const [text, setText] = useDraft(props.draft);
  const [modeKey, setMode] = useStored(`zk:mode:${props.draft}`, props.modes[0]?.key ?? '');
  const mode = props.modes.find((one) => one.key === modeKey) ?? props.modes[0];
  const [enter, setEnter] = useStored('zk:enter', 'mod');
  const [pending, setPending] = useState<Pending>();
  const [failed, setFailed] = useState<string>();
  const [dropping, setDropping] = useState(false);
  const box = useRef<HTMLTextAreaElement>(null);
  /** Where the caret goes when the text that was put in stands there. */
  const caret = useRef<number | null>(null);
  const limit = props.limit ?? 4000;
  const over = text.length > limit;
  const files = props.files ?? [];
  const uploading = files.some(({ state }) => state === 'uploading');
  const ready = files.some(({ state }) => state === 'ready');
  const able = !props.closed && !over && !uploading && (text.trim() !== '' || ready);

  useImperativeHandle(props.controls, () => ({
    focus: (wanted) => {
      if (wanted) setMode(wanted);
      box.current?.focus();
    },
  }));
  const deliver = (what: Pending) => {
    setPending(undefined);
    props.onSend(what.text, what.mode, what.goOn).catch((error: unknown) => {
      setText(what.text);
      setFailed(error instanceof Error ? error.message : t('composer.failed'));
    });
  };
  useLeaving(pending, deliver);
  useActions(composerActions, null);

  const guard = useGuard(text, mode?.key ?? '', props.guard);
  const send = (goOn = false, anyway = false) => {
    if (!mode || !able || (!anyway && guard.stops())) return;
    guard.clear();
    if (pending) deliver(pending);
    setFailed(undefined);
    const seconds = mode.undoSeconds ?? 0;
    const what = { text: text.trim(), mode: mode.key, goOn, until: Date.now() + seconds * 1000 };
    setText('');
    if (seconds > 0) setPending(what);
    else deliver(what);
  };
  const undo = () => {
    if (!pending) return;
    setText(text === '' ? pending.text : `${pending.text}\n${text}`);
    setMode(pending.mode);
    setPending(undefined);
    box.current?.focus();
  };
  const menu = useComposerMenu(props.sources ?? noSources, mode?.key ?? '', (trigger, words) => {
    const after = insertAt(text, box.current?.selectionStart ?? text.length, trigger, words);
    setText(after.text);
    caret.current = after.caret;
  });
  // In the same moment as the text, or the next letter of somebody fast would stand before it.
  useLayoutEffect(() => {
    if (caret.current === null) return;
    box.current?.focus();
    box.current?.setSelectionRange(caret.current, caret.current);
    caret.current = null;
  }, [text]);
  /** Signs are looked for when a word is finished, not in the letters an input method shows meanwhile. */
  const look = (element: HTMLTextAreaElement) => menu.look(element.value, element.selectionStart);
  const onKeyDown = (event: KeyboardEvent) => {
    // While an input method is open, Enter and Escape belong to it (keyCode 229 is Safari's way to say so).
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (menu.onKey(event)) return;
    const command = event.ctrlKey || event.metaKey;
    if (event.key === 'Enter' && (command || (enter === 'plain' && !event.shiftKey && !event.altKey))) {
      event.preventDefault();
      send(command && event.shiftKey);
    }
    if (event.key === 'Escape') box.current?.blur();
  };
  const onPaste = (event: ClipboardEvent) => {
    const pasted = [...event.clipboardData.files];
    if (pasted.length === 0 || !props.onFiles) return;
    event.preventDefault();
    props.onFiles(pasted);
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setDropping(false);
    const dropped = [...event.dataTransfer.files];
    if (dropped.length > 0) props.onFiles?.(dropped);
  };
  if (!mode) return null;
  return (
    <div
      className="zk-composer"
      data-tone={mode.tone}
      data-dropping={dropping}
      onDragOver={(event) => {
        if (!props.onFiles) return;
        event.preventDefault();
        setDropping(true);
      }}
      onDragLeave={() => setDropping(false)}
      onDrop={onDrop}
    >
      <ComposerMenu draft={props.draft} menu={menu} />
      {pending ? <UndoBar pending={pending} onUndo={undo} onNow={() => deliver(pending)} /> : null}
      {failed ? (
        <div className="zk-composer-failed" role="alert">
          <span>{failed}</span>
        </div>
      ) : null}
      <div className="zk-composer-modes" role="tablist" aria-label={t('composer.modes')}>
        {props.modes.map((one) => (
          <button
            key={one.key}
            type="button"
            role="tab"
            className="zk-composer-mode"
            data-tone={one.tone}
            aria-selected={one.key === mode.key}
            onClick={() => {
              setMode(one.key);
              box.current?.focus();
            }}
          >
            {one.label}
          </button>
        ))}
        {props.whom ? <span className="zk-composer-whom">{props.whom}</span> : null}
      </div>
      <textarea
        ref={box}
        className="zk-composer-text zk-scroll"
        data-composer={props.draft}
        aria-label={mode.label}
        placeholder={props.closed ?? mode.placeholder}
        disabled={props.closed !== undefined}
        value={text}
        aria-autocomplete={props.sources ? 'list' : undefined}
        aria-controls={menu.items?.length ? `${optionId(props.draft, 0)}-list` : undefined}
        aria-activedescendant={menu.items?.length ? optionId(props.draft, menu.at) : undefined}
        onChange={(event) => {
          setText(event.target.value);
          if (!(event.nativeEvent as InputEvent).isComposing) look(event.target);
          props.onTyping?.(mode.key);
        }}
        onCompositionEnd={(event) => look(event.currentTarget)}
        onBlur={menu.close}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
      />
      <GuardBar hits={guard.hits} onReplace={setText} text={text} onAnyway={() => send(false, true)} />
      <Attachments files={files} onDrop={props.onDropFile} />
      {props.extra?.(mode.key)}
      <div className="zk-composer-foot">
        <div className="zk-composer-tools">
          {props.onFiles ? (
            <AttachButton disabled={props.closed !== undefined} onFiles={props.onFiles} />
          ) : null}
          {props.tools}
        </div>
        {text.length > limit * 0.8 ? (
          <span className="zk-composer-count" data-over={over}>
            {text.length} / {limit}
          </span>
        ) : null}
        <button
          type="button"
          className="zk-bare zk-composer-hint"
          title={t('composer.enter')}
          onClick={() => setEnter(enter === 'plain' ? 'mod' : 'plain')}
        >
          <kbd>{enter === 'plain' ? 'Enter' : `${modKey()} Enter`}</kbd>
        </button>
        <Button type="primary" disabled={!able} onClick={() => send()}>
          {mode.send}
        </Button>
      </div>
    </div>
  );
}
