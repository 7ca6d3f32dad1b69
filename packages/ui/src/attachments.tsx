import { CloseOutlined, LoadingOutlined, PaperClipOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import './attachments.css';

/** A file on its way into a message. */
export type Attached = {
  key: string;
  name: string;
  size: number;
  state: 'uploading' | 'ready' | 'failed';
  /** Why it failed. */
  problem?: string;
};

/** Bytes for people: `12 KB`, `3.4 MB`. */
export function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 999_500) return `${Math.round(bytes / 1000)} KB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

export function AttachButton(props: { disabled?: boolean; onFiles: (files: File[]) => void }) {
  const { t } = useTranslation('ui');
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button
        type="text"
        size="small"
        icon={<PaperClipOutlined />}
        aria-label={t('attach.do')}
        title={t('attach.hint')}
        disabled={props.disabled}
        onClick={() => input.current?.click()}
      />
      <input
        ref={input}
        type="file"
        multiple
        hidden
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          event.target.value = '';
          if (files.length > 0) props.onFiles(files);
        }}
      />
    </>
  );
}

/** Files chosen but not sent yet. */
export function Attachments(props: { files: Attached[]; onDrop?: (key: string) => void }) {
  const { t } = useTranslation('ui');
  if (props.files.length === 0) return null;
  return (
    <ul className="zk-attached" aria-label={t('attach.list')}>
      {props.files.map((file) => (
        <li key={file.key} data-state={file.state} title={file.problem ?? file.name}>
          {file.state === 'uploading' ? <LoadingOutlined /> : <PaperClipOutlined />}
          <span>{file.name}</span>
          <span className="zk-quiet">{file.state === 'failed' ? file.problem : sizeText(file.size)}</span>
          <button
            type="button"
            className="zk-bare"
            aria-label={t('attach.drop', { name: file.name })}
            onClick={() => props.onDrop?.(file.key)}
          >
            <CloseOutlined />
          </button>
        </li>
      ))}
    </ul>
  );
}
