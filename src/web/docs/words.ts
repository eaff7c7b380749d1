import { both } from '../../http/words/words.ts'
import { language, say, sayAll } from '../language.ts'

export const title = both('接口', 'API')

export const words = {
  ...sayAll({
    find: both('查找接口', 'Find a route'),
    hint: both('路径、方法或说明里的词（接口说明是英文）', 'words of its path, method or description'),
    none: both('没有这样的接口', 'No such route'),
    lost: both('接口文档没有取到，请刷新', 'The document did not come; reload the page'),
    loading: both('正在取接口文档……', 'The document is on its way…'),
    whole: both('OpenAPI 3.1 文档（JSON）', 'The OpenAPI 3.1 document (JSON)'),
    about: both(
      '程序用首次启动时生成的令牌（DATA_DIR/api-token），写在 authorization 头里；人先登录，凭会话。',
      'A program shows the token that the first start made (DATA_DIR/api-token) in the header authorization; a person signs in and has a session.',
    ),
    guarded: both('需要令牌或会话', 'Needs the token or a session'),
    open: both('不需要登录', 'Open to everybody'),
    parameters: both('参数', 'Parameters'),
    body: both('请求体', 'Body'),
    answers: both('应答', 'Answers'),
    example: both('例', 'Example'),
    required: both('必填', 'required'),
    each: both('每一项：', 'each of them:'),
    oneOf: both('其中之一：', 'one of:'),
    allOf: both('全部：', 'all of:'),
    anyName: both('任意名称的字段，值为：', 'fields of any name, each:'),
  }),
  found: (routes: number) => say({ 'zh-CN': `${routes} 个接口`, en: `${routes} routes` }),
  in: (where: string) =>
    language === 'en' ? where : ({ path: '路径', query: '查询', header: '头' }[where] ?? where),
}
