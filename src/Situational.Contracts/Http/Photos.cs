namespace Situational.Contracts.Http;

/// <summary>Answer of <c>POST /api/v1/photos</c>, status 201.</summary>
/// <param name="Id">What reports and results name: SHA-256 of its bytes in lower-case hexadecimal.</param>
/// <param name="ContentType"><c>image/jpeg</c>, <c>image/png</c>, <c>image/webp</c> or <c>image/heic</c>, as its content says.</param>
/// <param name="Bytes">Its size.</param>
public sealed record PhotoAnswer(string Id, string ContentType, int Bytes);
