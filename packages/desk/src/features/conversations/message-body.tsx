import { FileOutlined } from '@ant-design/icons';
import { Modal } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { MessageView } from '#contracts/routes/conversations.ts';
import { sizeText } from '#ui/attachments.tsx';
import { piecesOf } from '#ui/links.ts';
import './message.css';

/** What a message says: its text with links, or the mail as it was written, and what is attached. */
export function MessageBody(props: { message: MessageView }) {
  const { message } = props;
  return (
    <>
      {message.htmlUrl ? <Mail message={message} url={message.htmlUrl} /> : <Linked text={message.body} />}
      <Files message={message} />
    </>
  );
}

/** A mail keeps its own look, in a frame of another origin that runs nothing. */
function Mail(props: { message: MessageView; url: string }) {
  const { t } = useTranslation();
  const [tall, setTall] = useState(false);
  const [plain, setPlain] = useState(false);
  return (
    <div className="desk-mail" data-tall={tall}>
      {plain ? (
        <Linked text={props.message.body} />
      ) : (
        <iframe
          src={props.url}
          sandbox="allow-popups allow-popups-to-escape-sandbox"
          referrerPolicy="no-referrer"
          loading="lazy"
          title={t('conversations.mail')}
        />
      )}
      <div className="desk-mail-foot">
        {plain ? null : (
          <button type="button" className="zk-bare" onClick={() => setTall(!tall)}>
            {t(tall ? 'conversations.mailLess' : 'conversations.mailMore')}
          </button>
        )}
        <button type="button" className="zk-bare" onClick={() => setPlain(!plain)}>
          {t(plain ? 'conversations.mailHtml' : 'conversations.mailPlain')}
        </button>
      </div>
    </div>
  );
}

function Files(props: { message: MessageView }) {
  const [shown, setShown] = useState<{ url: string; name: string }>();
  const files = props.message.attachments.filter(({ inline }) => !inline || !props.message.htmlUrl);
  if (files.length === 0) return null;
  const isImage = (mime: string) => /^image\/(png|jpeg|gif|webp|avif)$/.test(mime);
  return (
    <div className="desk-files">
      {files.map((file) =>
        isImage(file.mime) ? (
          <button
            key={file.id}
            type="button"
            className="zk-bare desk-picture"
            onClick={() => setShown(file)}
            title={file.name}
          >
            <img src={file.url} alt={file.name} loading="lazy" />
          </button>
        ) : (
          <a key={file.id} className="desk-file" href={file.url} target="_blank" rel="noreferrer noopener">
            <FileOutlined />
            <span>{file.name}</span>
            <span className="zk-quiet">{sizeText(file.size)}</span>
          </a>
        ),
      )}
      <Modal
        open={shown !== undefined}
        onCancel={() => setShown(undefined)}
        footer={null}
        title={shown?.name}
        width="min(1000px, 92vw)"
        centered
      >
        {shown ? <img className="desk-picture-large" src={shown.url} alt={shown.name} /> : null}
      </Modal>
    </div>
  );
}

/** Text with its web addresses made into links. */
export function Linked(props: { text: string }): ReactNode {
  return piecesOf(props.text).map(({ text, href }, at) =>
    href ? (
      <a key={at} href={href} target="_blank" rel="noreferrer noopener">
        {text}
      </a>
    ) : (
      text
    ),
  );
}
