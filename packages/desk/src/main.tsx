import { createRoot } from 'react-dom/client';
import '#ui/tokens.css';
import 'virtual:antd.css';
import '#ui/base.css';
import { tellCuts } from '#ui/cut.ts';
import { readStored } from '#ui/stored.ts';
import { App } from './app.tsx';
import { startI18n } from './i18n.ts';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
await startI18n(readStored('zk:language') === 'en' ? 'en' : 'zh-CN');
tellCuts(document);
createRoot(root).render(<App />);
