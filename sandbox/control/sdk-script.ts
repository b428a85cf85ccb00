/**
 * What the sandbox serves in place of `https://connect.facebook.net/en_US/sdk.js`: `FB.init` and `FB.login`, which opens
 * the popup of this platform (meta §2.1). As with the real one, the answer for `FB.login` reaches the page as a window
 * message of its own that is not JSON, beside `WA_EMBEDDED_SIGNUP`; a listener has to bear it.
 */
export const sdkScript = `(function () {
  'use strict';
  var home = new URL(document.currentScript.src).origin;
  var settings = null;
  var nobody = { authResponse: null, status: 'unknown' };

  function login(callback, options) {
    if (settings === null) {
      console.error('FB.login() called before FB.init().');
      return;
    }
    if (typeof callback !== 'function' || callback.constructor.name === 'AsyncFunction') {
      throw new Error('Expression is of type ' + String(callback && callback.constructor.name).toLowerCase() + ', not function');
    }
    var asked = options || {};
    var channel = 'f' + crypto.getRandomValues(new Uint32Array(2)).join('');
    var query = new URLSearchParams({
      app_id: String(settings.appId || ''),
      config_id: String(asked.config_id || ''),
      response_type: String(asked.response_type || ''),
      override_default_response_type: String(asked.override_default_response_type === true),
      extras: JSON.stringify(asked.extras || {}),
      origin: window.location.origin,
      cb: channel,
    });
    var popup = window.open(home + '/sandbox/signup?' + query, 'signup', 'width=720,height=800');
    var closedFor = 0;
    var watch = window.setInterval(function () {
      closedFor = popup === null || popup.closed ? closedFor + 1 : 0;
      if (closedFor > 2) answer(nobody);
    }, 300);

    function hear(event) {
      if (event.origin !== home || typeof event.data !== 'string') return;
      var told = new URLSearchParams(event.data);
      if (told.get('cb') !== channel) return;
      var code = told.get('code');
      answer(code === null ? nobody : { authResponse: { code: code, userID: null, expiresIn: null }, status: 'connected' });
    }

    function answer(response) {
      window.clearInterval(watch);
      window.removeEventListener('message', hear);
      callback(response);
    }
    window.addEventListener('message', hear);
  }

  window.FB = {
    init: function (given) {
      settings = given || {};
    },
    login: login,
    AppEvents: { logPageView: function () {} },
  };
  if (typeof window.fbAsyncInit === 'function') window.setTimeout(window.fbAsyncInit, 0);
})();
`;
