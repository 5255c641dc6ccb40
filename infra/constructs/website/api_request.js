function handler(event) {
  var request = event.request;
  request.headers['x-docket-viewer'] = { value: event.viewer.ip };
  return request;
}
