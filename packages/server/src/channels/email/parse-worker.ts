/** The parser's own thread. */
import { answerInCage } from '#kernel/cage.ts';
import { readGbFamilyAsGb18030 } from './charset.ts';
import { parseMail } from './parse.ts';

readGbFamilyAsGb18030();
answerInCage(parseMail);
