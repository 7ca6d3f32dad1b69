import { Alert, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

/** A secret that is shown this one time. It closes by its own button only, so that a slip of the hand does not lose it. */
export function Once(props: { secret: string | null; title: string; hint: string; onClose: () => void }) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  const close = () => {
    setCopied(false);
    props.onClose();
  };
  return (
    <Modal
      open={props.secret !== null}
      title={props.title}
      closable={false}
      mask={{ closable: false }}
      keyboard={false}
      okText={t(copied ? 'settings.once.copied' : 'settings.once.copy')}
      cancelText={t('settings.once.kept')}
      onOk={() => void navigator.clipboard?.writeText(props.secret ?? '').then(() => setCopied(true))}
      onCancel={close}
    >
      <p className="set-secret zk-mono">{props.secret}</p>
      <Alert type="warning" showIcon title={props.hint} />
    </Modal>
  );
}
