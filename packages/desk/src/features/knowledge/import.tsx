import { DownloadOutlined, UploadOutlined } from '@ant-design/icons';
import { Alert, Button, Modal } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { importArticles, type ArticlesImported } from '#contracts/routes/knowledge.ts';
import { ProblemAlert } from '#ui/form.tsx';
import type { Problem } from '#ui/states.tsx';
import { call, problemOf } from '../../api.ts';
import { queryClient } from '../../query.ts';
import { RefusedLines } from '../records/sheet-dialog.tsx';
import { download } from '../tickets/csv.ts';

/** What a line looks like; it is refused by nobody. */
const example = `${JSON.stringify({
  key: 'faq-001',
  title: '洗衣机脱水时异响怎么办',
  body: '请先断电，再拆除机身背面的四颗运输螺栓。',
  visibility: 'public',
  tags: ['异响', '脱水'],
})}\n`;

/** JSON lines from another knowledge base. The same file twice changes nothing, so there is no rehearsal. */
export function ImportArticles(props: { onClose: () => void }) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const [told, setTold] = useState<ArticlesImported & { name: string }>();
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  const send = async (file: File) => {
    setBusy(true);
    setTold(undefined);
    setProblem(undefined);
    try {
      setTold({ ...(await call(importArticles, { body: await file.text() })), name: file.name });
      void queryClient.invalidateQueries({ queryKey: ['knowledge'] });
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      title={t('knowledge.importTitle')}
      width={720}
      footer={null}
      mask={{ closable: false }}
      onCancel={props.onClose}
      destroyOnHidden
    >
      <p className="zk-dialog-intro">{t('knowledge.importIntro')}</p>
      <div className="desk-inline sheet-choose">
        <Button icon={<UploadOutlined />} loading={busy} onClick={() => input.current?.click()}>
          {t(told ? 'records.importOther' : 'knowledge.importChoose')}
        </Button>
        <Button
          type="link"
          icon={<DownloadOutlined />}
          onClick={() => download('articles.jsonl', example, 'application/x-ndjson')}
        >
          {t('records.template')}
        </Button>
        <input
          ref={input}
          type="file"
          accept=".jsonl,.ndjson,.json,.txt"
          hidden
          aria-label={t('knowledge.importChoose')}
          onChange={(event) => {
            const [file] = event.target.files ?? [];
            event.target.value = '';
            if (file) void send(file);
          }}
        />
      </div>
      {problem ? <ProblemAlert problem={problem} /> : null}
      {told ? (
        <>
          <Alert
            type={told.refused.length > 0 ? 'warning' : 'success'}
            showIcon
            title={t('knowledge.importResult', { ...told, refused: told.refused.length })}
            description={told.name}
          />
          <RefusedLines rows={told.refused} />
          <div className="zk-form-foot">
            <Button type="primary" onClick={props.onClose}>
              {t('records.importDone')}
            </Button>
          </div>
        </>
      ) : null}
    </Modal>
  );
}
