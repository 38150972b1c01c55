using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Barnahus.Platform.Hosting;

/// <summary>
/// By what a request that comes again with its <c>Idempotency-Key</c> is known to ask for the same. It is kept with the events, so it must not
/// betray the body: 16 bits of an HMAC under the key, which the log does not hold. Enough to notice a sender's mistake (all but one in 65,536),
/// too few to tell a name by, even for who guesses the key.
/// </summary>
/// <param name="Value">Four hexadecimal digits.</param>
public sealed record BodyMark(string Value)
{
    /// <param name="key">The <c>Idempotency-Key</c>.</param>
    /// <param name="body">The bytes of the body.</param>
    public static BodyMark Of(string key, ReadOnlySpan<byte> body) =>
        new(Convert.ToHexString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), body)[..2]));

    /// <summary>Marks what comes with a key. The body stays in memory while it is read: a buffer on disk would hold it in clear.</summary>
    internal static Task ReadAsync(HttpContext http, RequestDelegate next) =>
        http.Request.Headers["Idempotency-Key"].ToString() is { Length: > 0 } key ? MarkAsync(key, http, next) : next(http);

    private static async Task MarkAsync(string key, HttpContext http, RequestDelegate next)
    {
        var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        http.Features.Set(Of(key, body.GetBuffer().AsSpan(0, (int)body.Length)));
        body.Position = 0;
        http.Request.Body = body;
        await next(http);
    }
}
