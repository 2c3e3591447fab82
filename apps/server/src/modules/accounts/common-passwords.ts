/**
 * Passwords of ten or more characters that head the published lists of leaked ones, in lower case. They are what is tried
 * first; a longer list would refuse more people than attacks, which the limits on sign-in already slow down.
 */
export const COMMON_PASSWORDS: ReadonlySet<string> = new Set([
  ...['0000000000', '0123456789', '0987654321', '1111111111', '1122334455', '123123123123', '1234512345', '1234554321'],
  ...['1234567890', '12345678900', '1234567891', '12345678910', '123456789123', '123456789a', '123456789abc', '123456789q'],
  ...['1234567890a', '123456qwerty', '12345qwert', '123qweasdzxc', '123qwe123qwe', '7894561230', '9876543210', '987654321a'],
  ...['1q2w3e4r5t', '1q2w3e4r5t6y', '1qaz2wsx3edc', '1qazxsw23edc', 'q1w2e3r4t5', 'q1w2e3r4t5y6', 'qazwsxedcrfv', 'zaq12wsxcde3'],
  ...['qwerty1234', 'qwerty12345', 'qwerty123456', 'qwertyuiop', 'qwertyuiop[]', 'qwertyuiop123', 'asdfghjkl1', 'asdfghjkl123'],
  ...['zxcvbnm123', 'a123456789', 'a1234567890', 'aaaaaaaaaa', 'abc1234567', 'abcd123456', 'abcdefghij', 'qq123456789'],
  ...['password01', 'password12', 'password123', 'password1234', 'passwordpassword', 'p@ssword123', 'p@ssw0rd123', 'passw0rd123'],
  ...['admin12345', 'admin123456', 'administrator', 'changeme123', 'letmein123', 'welcome123', 'welcome1234', 'test123456'],
  ...['iloveyou12', 'iloveyou123', 'sunshine123', 'princess123', 'football123', 'superman123', 'basketball', 'strawberry'],
]);
