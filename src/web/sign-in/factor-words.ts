import { say } from '../language.ts'

const both = (zh: string, en: string) => say({ 'zh-CN': zh, en })

/** Words about second factors. */
export const words = {
  why: both(
    '除密码外再加一道验证：密码被人知道了，别人也登录不了。',
    'Something beside the password: whoever learns it still cannot sign in.',
  ),
  needed: both('您的角色登录时须有第二步验证。', 'Your role needs a second step at the sign-in.'),
  forced: both(
    '您的角色登录时须有第二步验证，请先添加一种。',
    'Your role needs a second step at the sign-in: add one to go on.',
  ),
  none: both('还没有第二步验证', 'None yet'),
  kinds: { totp: both('验证器应用', 'App for codes'), passkey: both('通行密钥', 'Passkey') },
  added: (at: string) => both(`${at} 添加`, `added ${at}`),
  used: (at: string) => both(`最近使用 ${at}`, `last used ${at}`),
  remove: both('移除', 'Remove'),
  removeOne: (label: string) => both(`移除 ${label}`, `Remove ${label}`),
  password: both('登录密码（以下操作都需要）', 'Your password (for all that follows)'),
  label: both('名称，如“我的手机”', 'What you call it, as “my phone”'),
  app: both('验证器应用', 'App for codes'),
  passkey: both('通行密钥', 'Passkey'),
  addApp: both('添加验证器应用', 'Add an app for codes'),
  addPasskey: both('添加通行密钥', 'Add a passkey'),
  renew: both('换一批恢复码', 'New recovery codes'),
  left: (count: number) => both(`还有 ${count} 个恢复码`, `${count} recovery codes are left`),
  scan: both(
    '用验证器应用扫描，再输入它显示的 6 位数字。',
    'Scan it with the app, and type the six digits that it shows.',
  ),
  picture: both('二维码，内容与下面的密钥相同', 'QR code of the key below'),
  typed: both('不能扫描时输入密钥：', 'Or type the key:'),
  code: both('6 位数字', 'Six digits'),
  confirm: both('确认', 'Confirm'),
  recovery: both('恢复码', 'Recovery codes'),
  recoveryWhy: both(
    '设备丢了，可用恢复码登录，每个只能用一次。请抄下来放好，离开后不再显示。',
    'Without the device you sign in by one of these, each once. Keep them safe: they are not shown again.',
  ),
  kept: both('已抄好，继续', 'I have kept them'),
  passwordFirst: both('请先输入登录密码', 'Type your password first'),
  failed: both('没有办成，请再试一次', 'That was not done; try again'),
} as const
