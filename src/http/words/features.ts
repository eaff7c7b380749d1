import type { FeatureShown } from '../features/api.ts'
import { both, type Words } from './words.ts'

/** The names of features that a city may switch on, for the page and the terminal. */
export const featureWords: Readonly<Record<FeatureShown['name'], Words>> = {
  recognizer: both('语音识别', 'Speech recognition'),
  voice: both('合成语音', 'The voice'),
  transcripts: both('保存通话文字（天）', 'Transcripts are kept, days'),
  'all-transcripts': both('保存坐席看到的全部通话文字', 'All that seats read along is kept'),
  recordings: both('保存录音和留言（天）', 'Recordings and messages are kept, days'),
  'call-recordings': both('通话录音', 'Calls are recorded'),
  assistant: both('语言模型', 'Language model'),
  learning: both('夜间学习分类', 'Learning of kinds by night'),
  'callbacks-led': both('回拨由热线带拨', 'The hotline leads callbacks'),
  'text-gateway': both('短信网关', 'Gateway for text messages'),
  'sip-trunk': both('SIP 中继', 'SIP trunk'),
  twilio: both('Twilio 线路', 'Twilio'),
  https: both('HTTPS', 'HTTPS'),
  openid: both('统一登录', 'The city’s own sign-in'),
  'second-factor': both('须第二步验证的角色', 'Roles that need a second factor'),
  alarms: both('告警通知', 'Alarms are sent'),
  'seals-sent': both('每日封签外送', 'Daily seals are sent out'),
}
export const featureStandWords = (isOn: boolean): Words =>
  isOn ? both('已启用', 'On') : both('未启用', 'Off')
