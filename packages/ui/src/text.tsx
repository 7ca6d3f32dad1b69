import { EyeInvisibleOutlined, EyeOutlined } from '@ant-design/icons';
import { Button, Popover } from 'antd';
import { TextBox } from './text-box.tsx';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import './text.css';

/** Seconds a revealed value stays on screen. */
const revealedFor = 30;

/**
 * A value the reader may see only in part. Revealing asks for a reason (it is written to the audit trail by
 * `onReveal`, which answers the full value or rejects), and hides again by itself.
 */
export function MaskedText(props: { masked: string; onReveal?: (reason: string) => Promise<string> }) {
  const { t } = useTranslation('ui');
  const [full, setFull] = useState<string>();
  const [open, setOpen] = useState(false);
  useEffect(() => {
    if (full === undefined) return;
    const timer = setTimeout(() => setFull(undefined), revealedFor * 1000);
    return () => clearTimeout(timer);
  }, [full]);
  if (!props.onReveal) return <span className="zk-masked-value">{props.masked}</span>;
  if (full !== undefined) {
    return (
      <span className="zk-masked">
        <span className="zk-masked-value">{full}</span>
        <button
          type="button"
          className="zk-bare"
          aria-label={t('masked.hide')}
          onClick={() => setFull(undefined)}
        >
          <EyeInvisibleOutlined />
        </button>
      </span>
    );
  }
  const reveal = async (reason: string) => {
    setFull(await props.onReveal?.(reason));
    setOpen(false);
  };
  return (
    <span className="zk-masked">
      <span className="zk-masked-value">{props.masked}</span>
      <Popover
        trigger="click"
        open={open}
        onOpenChange={setOpen}
        destroyOnHidden
        content={<ReasonForm onSubmit={reveal} />}
      >
        <button type="button" className="zk-bare" aria-label={t('masked.reveal')} title={t('masked.reveal')}>
          <EyeOutlined />
        </button>
      </Popover>
    </span>
  );
}

function ReasonForm(props: { onSubmit: (reason: string) => Promise<void> }) {
  const { t } = useTranslation('ui');
  const [reason, setReason] = useState('');
  const [state, setState] = useState<'idle' | 'busy' | 'failed'>('idle');
  const submit = () => {
    setState('busy');
    props.onSubmit(reason.trim()).catch(() => setState('failed'));
  };
  return (
    <div className="zk-masked-form">
      <span>{t('masked.why')}</span>
      <TextBox
        rows={2}
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the person has just asked for this box
        autoFocus
        maxLength={200}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      {state === 'failed' ? <span role="alert">{t('masked.failed')}</span> : null}
      <Button
        type="primary"
        size="small"
        disabled={reason.trim().length < 2}
        loading={state === 'busy'}
        onClick={submit}
      >
        {t('masked.show')}
      </Button>
    </div>
  );
}

/** Text of any length: the first lines, and the rest on demand. Keeps the writer's line breaks. */
export function LongText(props: { text: string; lines?: number }) {
  const { t } = useTranslation('ui');
  const [open, setOpen] = useState(false);
  const [clipped, setClipped] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const lines = props.lines ?? 4;
  useLayoutEffect(() => {
    const element = box.current;
    if (element && !open) setClipped(element.scrollHeight > element.clientHeight + 1);
  }, [props.text, lines, open]);
  return (
    <div>
      <div
        ref={box}
        className="zk-long"
        data-clamped={!open}
        style={{ WebkitLineClamp: open ? undefined : lines }}
      >
        {props.text}
      </div>
      {clipped || open ? (
        <button
          type="button"
          className="zk-bare zk-long-more"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          {t(open ? 'long.less' : 'long.more')}
        </button>
      ) : null}
    </div>
  );
}
