/** What phones, trunks and strangers send, to be mutated: one character a byte. */
const head = (method: string, over: Readonly<Record<string, string>> = {}) => ({
  Via: 'SIP/2.0/UDP 127.0.0.1:5061;rport;branch=z9hG4bKseed',
  'Max-Forwards': '70',
  From: '<sip:13800138000@127.0.0.1>;tag=seed',
  To: '<sip:12345@127.0.0.1>',
  'Call-ID': 'seed@127.0.0.1',
  CSeq: `1 ${method}`,
  Contact: '<sip:13800138000@127.0.0.1:5061>',
  ...over,
})

const offer =
  'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 8 101\r\n'

function written(method: string, over: Readonly<Record<string, string>> = {}, uri = 'sip:12345@127.0.0.1') {
  const body = method === 'INVITE' ? offer : ''
  const type = body === '' || over['Content-Type'] !== undefined ? {} : { 'Content-Type': 'application/sdp' }
  const headers = Object.entries({ ...head(method, over), ...type, 'Content-Length': `${body.length}` })
  return `${method} ${uri} SIP/2.0\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`
}

const places = [
  'a:0',
  '127.0.0.1:0',
  '127.0.0.1:70000',
  '[::1]:5060',
  '0.0.0.0:5060',
  '255.255.255.255',
  'x.invalid',
  '',
]
const names = [
  'Zhang (San) <sip:13800138000@127.0.0.1>;tag=seed',
  'Zhang, San <sip:13800138000@127.0.0.1>;tag=seed',
  '""Zhang San"" <sip:13800138000@127.0.0.1>;tag=seed',
  '"Zhang San" sip:13800138000@127.0.0.1;tag=seed',
  '"\xd5\x5c" <sip:13800138000@127.0.0.1>;tag=seed',
  '"sip:110@police.example" <sip:13800138000@127.0.0.1>;tag=seed',
  '<tel:+8613800138000;phone-context=+86>;tag=seed',
  '<sip:138:pw@127.0.0.1>;tag=seed',
]

export const seeds: readonly string[] = [
  ...places.flatMap(place => [
    written('INVITE', { Via: `SIP/2.0/UDP ${place};branch=z9hG4bKseed` }),
    written('OPTIONS', { Via: `SIP/2.0/UDP ${place};branch=z9hG4bKseed` }),
    written('INVITE', { Contact: `<sip:x@${place}>` }),
    written('INVITE', { 'Record-Route': `<sip:${place};lr>` }),
    written('INVITE', { Contact: `<sip:x@127.0.0.1;maddr=${place}>` }),
  ]),
  ...names.flatMap(From => [written('INVITE', { From }), written('MESSAGE', { From })]),
  ...['Contact', 'P-Asserted-Identity', 'Remote-Party-ID', 'To'].flatMap(name =>
    names.map(value => written('INVITE', { [name]: value.replace(';tag=seed', '') })),
  ),
  written('INVITE', {}, 'tel:12345'),
  written('INVITE', {}, 'sip:%31%32345@127.0.0.1'),
  written('INVITE', { Require: 'precondition, timer', Supported: 'timer, 100rel' }),
  written('INVITE', { Supported: 'timer', 'Session-Expires': '90;refresher=uas', 'Min-SE': '90' }),
  written('INVITE', { 'Session-Expires': '1', 'Min-SE': 'x' }),
  written('INVITE', { 'Content-Type': 'text/plain' }),
  written('REGISTER', { Contact: '<sip:s1@127.0.0.1:5061>;+sip.instance="<urn:uuid:0>";expires=0' }),
  written('REGISTER', { Contact: '*', Expires: '0' }),
  written('UPDATE', { To: '<sip:12345@127.0.0.1>;tag=x', 'Session-Expires': '90' }),
  written('PRACK', { To: '<sip:12345@127.0.0.1>;tag=x', RAck: '1 1 INVITE' }),
  written('CANCEL'),
  written('BYE', { To: '<sip:12345@127.0.0.1>;tag=x' }),
  `SIP/2.0 200 OK\r\n${Object.entries(head('INVITE'))
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('')}\r\n`,
]
