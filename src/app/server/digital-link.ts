import type { DeviceService } from '../../domains/devices/service.ts';
import { AppError } from '../../kernel/app-error.ts';
import type { HttpServer } from '../../platform/http/server.ts';

/**
 * GS1 Digital Link: `/01/{gtin}[/22/…][/10/…][/21/…]` leads to the dossier of the device, or answers the look-up as
 * JSON when asked for JSON. The address is read by the same parser as a scanned code.
 */
export function digitalLinkRoutes(app: HttpServer, devices: DeviceService): void {
  app.get('/01/*', { schema: { hide: true } }, async (request, reply) => {
    const at = await devices.readAt({});
    const [answer] = await devices.lookUp(at, [`https://${request.headers.host ?? 'localhost'}${request.url}`]);
    if (!answer) throw new AppError('http.not-found', '没有可查的代码', {});
    const wantsJson = /\bjson\b/.test(request.headers.accept ?? '') && !/text\/html/.test(request.headers.accept ?? '');
    reply.header('vary', 'accept');
    if (wantsJson) {
      if (!answer.found) reply.status(404);
      return reply.type('application/json; charset=utf-8').send(JSON.stringify(answer));
    }
    const [match] = answer.matches;
    const target =
      answer.status === 'found' && match
        ? `/d/${encodeURIComponent(match.device.source)}/${encodeURIComponent(match.device.recordKey)}`
        : `/codes?code=${encodeURIComponent(request.url)}`;
    return reply.redirect(target, 302);
  });
}
