import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { importRecords } from '#contracts/routes/records.ts';
import { call } from '../../api.ts';
import { useSaid } from '../../words.ts';
import { download, toCsv } from '../tickets/csv.ts';
import { SheetDialog } from './sheet-dialog.tsx';
import { templateHead } from './sheet.ts';
import type { Kind } from './use-kinds.ts';

/** A sheet of records of one kind. */
export function ImportDialog(props: { kind: Kind; onClose: () => void }) {
  const { t, i18n } = useTranslation();
  const said = useSaid();
  const { kind } = props;
  return (
    <SheetDialog
      title={t('records.importTitle', { kind: said(kind.name) })}
      intro={t('records.importIntro')}
      changes="records"
      options={null}
      onTemplate={() =>
        download(`${said(kind.name)}.csv`, toCsv([templateHead(kind, i18n.language === 'en' ? 'en' : 'zh')]))
      }
      ask={(body, _, idempotencyKey) =>
        call(importRecords, { params: { kind: kind.key }, body, idempotencyKey })
      }
      rows={({ created, updated }) => created + updated}
      keep={(count) => t('records.importKeep', { count })}
      result={({ told: { created, updated, refused }, kept }) =>
        t(kept ? 'records.imported' : 'records.wouldImport', { created, updated, refused: refused.length })
      }
      below={({ told: { masked } }) =>
        masked > 0 ? <Alert type="info" showIcon title={t('records.masked', { count: masked })} /> : null
      }
      onClose={props.onClose}
    />
  );
}
