// Runs before the first paint so that a dark screen never flashes white. Keys and values: src/preferences.ts.
(function () {
  var root = document.documentElement;
  var read = function (key) {
    try {
      return localStorage.getItem('zk:' + key);
    } catch {
      return null;
    }
  };
  var theme = read('theme');
  var dark = theme === 'dark' || (theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  root.dataset.theme = dark ? 'dark' : 'light';
  root.dataset.density = read('density') === 'compact' ? 'compact' : 'standard';
  root.lang = read('language') === 'en' ? 'en' : 'zh-CN';
})();
