function handler(event) {
  var request = event.request;
  request.headers['x-docket-viewer'] = { value: event.viewer.ip };
  request.headers['x-docket-site'] = { value: request.headers.host.value };
  return request;
}
