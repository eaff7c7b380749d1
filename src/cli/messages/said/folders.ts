import { type Form, is } from '../../../http/words/form.ts'

/** Files, folders, ports and programs beside us, that a start or a command did not find as it needs them. */
export const folders: readonly Form[] = [
  is('an empty file', '空文件'),
  is(
    'one process a directory: stop the other, give this one its own DATA_DIR, or set DATABASE_URL',
    '一个文件夹只给一个进程：停掉另一个，或给这个另设 DATA_DIR，或改用 DATABASE_URL',
  ),
  [/^a file that cannot be read or written \((.+)\)$/, why => `读不了或写不了的文件（${why}）`],
  is(
    'the API token, made by `jieting start`, readable by the user who runs this; or API_TOKEN',
    '`jieting start` 生成的 API 令牌，运行本程序的用户要能读；或设 API_TOKEN',
  ),
  [/^(\S+), which cannot be made \((\w+)\)$/, (path, why) => `${path}，这个文件夹没有，也建不了（${why}）`],
  [/^(\S+), which is no folder \((\w+)\)$/, (path, why) => `${path}，不是文件夹（${why}）`],
  [/^(\S+), which cannot be written \((\w+)\)$/, (path, why) => `${path}，写不了（${why}）`],
  is(
    'a folder of the user who runs this, or a place where they may make one',
    '运行本程序的用户自己的文件夹，或能新建文件夹的位置',
  ),
  is('a text file with one word or name a line', '文本文件，每行一个词或名字'),
  is(
    'the owner alone: chown -R "$(id -un)" and chmod -R go= on it, or a DATA_DIR on a file system that keeps modes',
    '只有属主能访问：对它执行 `chown -R "$(id -un)"` 和 `chmod -R go=`，或把 DATA_DIR 放到支持权限的文件系统上',
  ),
  [
    /^(\S+) of Jieting or a later one: start that one, or restore the copy of the database that was made before it$/,
    version => `接听 ${version} 或更新的版本：启动那个版本，或恢复升级前的数据库备份`,
  ],
  is('a free port, or 0 for any', '空闲的端口，或写 0 任意选'),
  is('history, or a CSV file with the head start,calls', 'history，或表头为 `start,calls` 的 CSV 文件'),
  is('one of them, so that nobody is told what is then forgotten', '至少一处写得进去，免得答应了却忘了'),
  is('a secret; remove the file, and the next start makes one', '密钥；删掉这个文件，下次启动会重新生成'),
  [
    /^a mode of (\d+), open to other users of this machine, which cannot be changed \((.+)\)$/,
    (mode, why) => `权限 ${mode}，对本机其他用户开放，又改不了（${why}）`,
  ],
  [/^no file that can be read at (.+)$/, path => `${path} 读不到文件`],
  is(
    '32 bytes in base64url, as they were: bring the file back from its copy, or set LEDGER_KEY; with another key every event looks forged',
    '原来的 32 字节，base64url 编码：从备份取回这个文件，或设 LEDGER_KEY；换了密钥，每条记录都会像是伪造的',
  ),
  is('another key than the last seal was made with', '与上次封存时不同的密钥'),
  [
    /^a last seal by a key that was given up, though seal (\d+), which went out, is by one after it$/,
    n => `最后一份封存凭证是已换下的密钥签的，而送出的第 ${n} 份是后来的密钥签的`,
  ],
  is(
    'the seals as they went out: somebody who has the database and the key before took some away',
    '与送出的凭证一致：有数据库和旧密钥的人删去了一些',
  ),
  is('the same key on every node and at every start', '每台服务器、每次启动都用同一个密钥'),
  [/^a path of (\d+) bytes$/, bytes => `路径长 ${bytes} 字节`],
  [/^at most (\d+), so that it can be locked$/, most => `最多 ${most}，这样才能加锁`],
  is('a file of heads', '写着链头的文件'),
  is('the JSON of an audit', '核查结果的 JSON'),
  is('a text in UTF-8', 'UTF-8 的文字'),
  is('a part of the name of a call', '通话名字的一部分'),
  is('a sound device', '放音设备'),
  is('speech', '语音'),
  is('a recognizer that listens', '能听的语音识别'),
  is('no such package', '没有安装这个软件包'),
  [
    /^the optional dependency that speaks without a cloud \(npm install (.+)\)$/,
    name => `不用云就能说话的可选依赖（npm install ${name}）`,
  ],
  [
    /^(\S+) (\S+), which another program has$/,
    (protocol, address) => `${protocol} ${address} 已被别的程序占用`,
  ],
  [
    /^(\S+) (\S+), which cannot be opened \((.+)\)$/,
    (protocol, address, why) => `${protocol} ${address} 打不开（${why}）`,
  ],
  is('a free port: end that program or choose another port', '空闲的端口：结束那个程序，或换一个端口'),
  is('an address of this machine and a port that this user may open', '本机的地址，和当前用户有权使用的端口'),
  [
    /^tables of (.+), with (.+), which this build does not know$/,
    (build, names) => `${build} 的表，含 ${names}，这个版本不认识`,
  ],
  is('no server', '没有服务器'),
  is('two', '两台'),
  is('a file that can be written', '能写的文件'),
  is(
    'workers that start, an address of this machine and a UDP port that is free',
    '能启动的工作线程、本机的地址和空闲的 UDP 端口',
  ),
  is(
    'a range of UDP ports with room for one even and the next odd number',
    'UDP 端口范围，至少容得下一个偶数和下一个奇数',
  ),
  is(
    'the SQL of the release that package-lock.json names: install that one (npm ci)',
    'package-lock.json 所写版本的 SQL：请安装那个版本（npm ci）',
  ),
  is('another text than the one this database has had', '与这个数据库当初执行的内容不同'),
  is('that text; a further change is a further migration', '当初的内容；再改要另加一步迁移'),
  is('files as multipart/form-data', '以 multipart/form-data 上传文件'),
  is('no file', '没有文件'),
  is('at least one', '至少一个'),
  is(
    'a whole file; where it looks whole, save it as JPEG or PNG and send that',
    '完整的文件；看着完整的，另存为 JPEG 或 PNG 再上传',
  ),
  is('neither the database nor the disk takes it', '数据库和磁盘都写不进去'),
  [/^no provider at (\S+) \((.+)\)$/, (issuer, why) => `${issuer} 没有统一登录服务（${why}）`],
  is(
    'an OpenID provider that answers at /.well-known/openid-configuration',
    '在 /.well-known/openid-configuration 有应答的 OpenID 服务',
  ),
  [/^no sign-in that holds \((.+)\)$/, why => `登录无效（${why}）`],
  is('to begin again at the sign-in page', '从登录页重新开始'),
  is('a browser that did not leave from here', '不是从这里离开的浏览器'),
  is('to begin at the sign-in page', '从登录页开始'),
  is('a granted time stamp', '签发的时间戳'),
  is('a status from 200 to 299', '200 到 299 的状态码'),
]
