import { useTranslation } from 'react-i18next';
import { importArticles } from '#contracts/routes/knowledge.ts';
import { call } from '../../api.ts';
import { SheetDialog, type Files } from '../records/sheet-dialog.tsx';
import { asUtf8 } from '../records/sheet.ts';
import { download } from '../tickets/csv.ts';

/** What a line looks like; it is refused by nobody. */
const example = `${JSON.stringify({
  key: 'faq-001',
  title: '洗衣机脱水时异响怎么办',
  body: '请先断电，再拆除机身背面的四颗运输螺栓。',
  visibility: 'public',
  tags: ['异响', '脱水'],
})}\n`;

type Lines = { name: string; lines: string };
const read = (name: string, bytes: Uint8Array): Lines | null =>
  /\.(jsonl|ndjson|json|txt)$/i.test(name) ? { name, lines: new TextDecoder().decode(asUtf8(bytes)) } : null;

/** JSON lines from another knowledge base. */
export function ImportArticles(props: { onClose: () => void }) {
  const { t } = useTranslation();
  const files: Files<Lines> = {
    accept: '.jsonl,.ndjson,.json,.txt',
    choose: t('knowledge.importChoose'),
    wrong: t('knowledge.importWrongFile'),
    read,
  };
  return (
    <SheetDialog
      title={t('knowledge.importTitle')}
      intro={t('knowledge.importIntro')}
      changes="knowledge"
      options={null}
      files={files}
      onTemplate={() => download('articles.jsonl', example, 'application/x-ndjson')}
      ask={({ lines, dryRun }, _, idempotencyKey) =>
        call(importArticles, { body: lines, query: { dryRun }, idempotencyKey })
      }
      rows={({ created, changed }) => created + changed}
      keep={(count) => t('knowledge.importKeep', { count })}
      result={({ told, kept }) =>
        t(kept ? 'knowledge.imported' : 'knowledge.wouldImport', { ...told, refused: told.refused.length })
      }
      onClose={props.onClose}
    />
  );
}
