import type { KeyShown } from '../../http/keys/api.ts'

type Words = {
  readonly about: string
  readonly listAbout: string
  readonly rotateAbout: string
  readonly name: string
  readonly forget: string
  readonly head: readonly string[]
  readonly names: Readonly<Record<KeyShown['name'], string>>
  readonly from: Readonly<Record<KeyShown['from'], string>>
  readonly takesHold: Readonly<Record<KeyShown['takesHold'], string>>
  rotated(name: string, takesHold: KeyShown['takesHold']): string
}

const zh: Words = {
  about: '管理本系统的密钥',
  listAbout: '列出密钥：存放在哪里、何时更换、还有几把旧的',
  rotateAbout: '换一把新的；旧的仍能解开、核对以前封存的内容',
  name: 'api-token 安装令牌，session-key 会话密钥，或 ledger-key 账本密钥',
  forget: '同时丢弃旧的（账本密钥除外）：所有人须重新登录，验证器应用须重新添加',
  head: ['密钥', '用途', '存放', '更换时间', '旧密钥', '更换后'],
  names: {
    'api-token': '接口和 jieting 命令',
    'session-key': '登录 cookie、评价链接、第二步验证的密钥',
    'ledger-key': '链上记录的印记、封存签名、审计日志的号码记号',
  },
  from: { file: 'DATA_DIR', environment: '环境变量' },
  takesHold: { 'at-once': '立即生效', 'next-start': '下次启动生效' },
  rotated: (name, takesHold) =>
    takesHold === 'at-once' ? `已更换 ${name}，旧的立即失效` : `已更换 ${name}，重新启动后生效`,
}

const en: Words = {
  about: 'the keys of this installation',
  listAbout: 'list keys: where each lies, when it was changed, how many before it are kept',
  rotateAbout: 'put another one in its place; what the one before has sealed opens and is checked still',
  name: 'api-token, the token of the installation, session-key, or ledger-key',
  forget:
    'forget those before it, of the ledger never: everybody signs in anew, and adds the app for codes anew',
  head: ['Key', 'For', 'Where', 'Changed', 'Older', 'A change'],
  names: {
    'api-token': 'the API and the commands of jieting',
    'session-key': 'cookies of who signs in, links of surveys, secrets of second factors',
    'ledger-key': 'marks of the ledger, its seals, marks of numbers in the trail',
  },
  from: { file: 'DATA_DIR', environment: 'environment' },
  takesHold: {
    'at-once': 'holds at once',
    'next-start': 'holds from the next start',
  },
  rotated: (name, takesHold) =>
    takesHold === 'at-once'
      ? `another ${name} holds now; the one before it opens nothing`
      : `another ${name} is there; it holds from the next start`,
}

export const keyWords = { 'zh-CN': zh, en } as const
