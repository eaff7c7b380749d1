/** What commander says of arguments that are wrong, in Chinese, by its form; it has English alone. */
export function argumentsInChinese(text: string): string {
  return forms.reduce((said, [form, chinese]) => said.replace(form, chinese), text)
}

const forms: readonly (readonly [RegExp, string])[] = [
  [/^unknown command '(.+)'$/m, '没有命令 $1'],
  [/^unknown option '(.+)'$/m, '没有选项 $1'],
  [/^missing required argument '(.+)'$/m, '缺少参数 <$1>'],
  [/^option '(.+)' argument missing$/m, '选项 $1 后面缺少值'],
  [/^required option '(.+)' not specified$/m, '必须写选项 $1'],
  [/^option '(.+)' cannot be used with option '(.+)'$/m, '选项 $1 不能和 $2 一起用'],
  [/^option '(.+)' argument '(.*)' is invalid\./m, '选项 $1 的值 $2 不对。'],
  [/^command-argument value '(.*)' is invalid for argument '(.+)'\./m, '参数 $2 的值 $1 不对。'],
  [
    /^too many arguments(?: for '(.+)')?\. Expected (\d+) arguments? but got (\d+)(?:: .*)?\.$/m,
    '参数太多：应有 $2 个，现有 $3 个。',
  ],
  [/ ?Allowed choices are (.+)\.$/m, '应为：$1'],
  [/^\(Did you mean one of (.+)\?\)$/m, '（是不是 $1 之一？）'],
  [/^\(Did you mean (.+)\?\)$/m, '（是不是 $1？）'],
]
