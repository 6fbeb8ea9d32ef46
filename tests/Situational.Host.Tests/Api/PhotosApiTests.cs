using System.Net;
using System.Security.Cryptography;
using Situational.Contracts.Http;
using Situational.Domain.Journal;
using Situational.Host.Tests.Support;
using Situational.Testing;

namespace Situational.Host.Tests.Api;

[Collection(SharedHost.Name)]
public sealed class PhotosApiTests(HostFixture shared)
{
    private static readonly byte[] Jpeg = [0xFF, 0xD8, 0xFF, 0xE0, 0, 16, .. "JFIF"u8, 0, 1, 1, 0xFF, 0xD9];
    private static readonly byte[] Png = [0x89, .. "PNG\r\n\u001a\n"u8, 0, 0, 0, 13, .. "IHDR"u8];
    private static readonly byte[] WebP = [.. "RIFF"u8, 12, 0, 0, 0, .. "WEBPVP8 "u8, 0, 0, 0, 0];
    private static readonly byte[] Heic = [0, 0, 0, 24, .. "ftypheic"u8, 0, 0, 0, 0, .. "mif1heic"u8];
    private static readonly byte[] HeicByCompatibility = [0, 0, 0, 24, .. "ftypmif1"u8, 0, 0, 0, 0, .. "mif1heic"u8];

    public static TheoryData<string, byte[], string, string> Photos => new()
    {
        { "jpeg", Jpeg, "image/jpeg", "jpg" },
        { "png", Png, "image/png", "png" },
        { "webp", WebP, "image/webp", "webp" },
        { "heic", Heic, "image/heic", "heic" },
        { "heic", HeicByCompatibility, "image/heic", "heic" },
    };

    public static TheoryData<string, byte[]> NoPhotos => new()
    {
        { "image/jpeg", "<script>alert(1)</script>"u8.ToArray() },
        { "image/png", [.. "<svg xmlns='http://www.w3.org/2000/svg'/>"u8] },
        { "image/gif", [.. "GIF89a"u8, 1, 0, 1, 0] },
        { "image/avif", [0, 0, 0, 24, .. "ftypavif"u8, 0, 0, 0, 0, .. "mif1avif"u8] },
        { "image/webp", [.. "RIFF"u8, 12, 0, 0, 0, .. "WAVEfmt "u8, 0, 0, 0, 0] },
        { "image/jpeg", [0xFF, 0xD8] },
        { "image/png", [.. "PNG"u8] },
        { "image/heic", [0, 0, 0, 20, .. "ftypisom"u8, .. "heic"u8, .. "mp41"u8] },
        { "application/pdf", [.. "%PDF-1.7"u8] },
    };

    [Theory]
    [MemberData(nameof(Photos))]
    public async Task Photo_OfAKindThatIsTaken_ComesBackAsAFileOfItsOwnKind(string name, byte[] content, string type, string ending)
    {
        // what the header says is not asked
        using var answer = await PostAsync(content, name == "png" ? "text/html" : "application/octet-stream");
        var kept = await Requests.ReadAsync<PhotoAnswer>(answer);
        using var again = await PostAsync(content, "image/jpeg");
        using var read = await shared.Client.GetAsync(answer.Headers.Location!.OriginalString[1..]);

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (answer.StatusCode, again.StatusCode));
        Assert.Equal((Convert.ToHexStringLower(SHA256.HashData(content)), type, content.Length), (kept.Id, kept.ContentType, kept.Bytes));
        Assert.Equal(kept.Id, (await Requests.ReadAsync<PhotoAnswer>(again)).Id);
        Assert.Equal(content, await read.Content.ReadAsByteArrayAsync());
        Assert.Equal(type, read.Content.Headers.ContentType!.ToString());
        Assert.Equal($"attachment; filename=\"{kept.Id}.{ending}\"", read.Content.Headers.ContentDisposition!.ToString());
        Assert.Equal("nosniff", Assert.Single(read.Headers.GetValues("X-Content-Type-Options")));
        Assert.True(read.Headers.CacheControl is { Private: true, MaxAge.TotalDays: > 300 });
    }

    [Theory]
    [MemberData(nameof(NoPhotos))]
    public async Task Photo_OfAnotherKind_Is415NamingWhatIsTakenWhateverItsHeaderSays(string type, byte[] content)
    {
        using var answer = await PostAsync(content, type);
        using var read = await shared.Client.GetAsync("api/v1/photos/" + Convert.ToHexStringLower(SHA256.HashData(content)));

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
        Assert.Contains("image/heic", await Requests.FieldErrorAsync(answer, "body"));
        Assert.Equal(HttpStatusCode.NotFound, read.StatusCode);
    }

    [Fact]
    public async Task Photo_OfEightMebibytes_IsTakenAndOneByteMoreIsNot()
    {
        var largest = new byte[IPhotoStore.MaxBytes];
        Jpeg.CopyTo(largest, 0);

        using var taken = await PostAsync(largest, "image/jpeg");
        using var refused = await PostAsync([.. largest, 0], "image/jpeg");
        using var empty = await PostAsync([], "image/jpeg");

        Assert.Equal(
            (HttpStatusCode.Created, HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.UnprocessableEntity),
            (taken.StatusCode, refused.StatusCode, empty.StatusCode));
        Assert.Contains("8388608", await Requests.FieldErrorAsync(refused, "body"));
        Assert.NotEmpty(await Requests.FieldErrorAsync(empty, "body"));
    }

    [Fact]
    public async Task Photo_BeyondTheBoundOfAllPhotos_Is507AndNotKept()
    {
        await using var host = await HostProcess.StartAsync(new HostProcessOptions { Arguments = [$"--Situational:Photos:MaxTotalBytes={Jpeg.Length}"] });
        using var client = host.CreateClient();

        using var kept = await client.PostAsync("api/v1/photos", Requests.Body(Jpeg, "image/jpeg"));
        using var refused = await client.PostAsync("api/v1/photos", Requests.Body(Png, "image/png"));
        using var again = await client.PostAsync("api/v1/photos", Requests.Body(Jpeg, "image/jpeg"));
        using var read = await client.GetAsync("api/v1/photos/" + Convert.ToHexStringLower(SHA256.HashData(Png)));

        Assert.Equal(
            (HttpStatusCode.Created, HttpStatusCode.InsufficientStorage, HttpStatusCode.Created, HttpStatusCode.NotFound),
            (kept.StatusCode, refused.StatusCode, again.StatusCode, read.StatusCode));
        Assert.Contains("room", (await Requests.ProblemAsync(refused)).GetProperty("detail").GetString());
    }

    [Trait("Fault", "Bad input: ids")]
    [Theory]
    [InlineData("x")]
    [InlineData("..%2F..%2Fingest.key")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task Photo_OfAnIdThatIsNoneOrUnknown_Is404(string id)
    {
        using var answer = await shared.Client.GetAsync("api/v1/photos/" + id);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Photo_ThatAReportNames_MustBeThere()
    {
        var kept = await Requests.ReadAsync<PhotoAnswer>(await PostAsync([.. Jpeg, 42], "image/jpeg"));
        var unknown = new string('b', 64);

        using var named = await Requests.PostReportAsync(shared.Client, Requests.NewKey(), Requests.Report(0, more: $",\"photos\":[\"{kept.Id}\"]"));
        using var missing = await Requests.PostReportAsync(
            shared.Client, Requests.NewKey(), Requests.Report(0, more: $",\"photos\":[\"{kept.Id}\",\"{unknown}\"]"));
        using var missingResult = await Requests.PostReportAsync(
            shared.Client, Requests.NewKey(), Requests.Report(0, more: $",\"spot\":{{\"unit\":\"u\",\"note\":\"n\",\"photos\":[\"{unknown}\"]}}"));

        Assert.Equal(
            (HttpStatusCode.Created, HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity),
            (named.StatusCode, missing.StatusCode, missingResult.StatusCode));
        Assert.Equal([kept.Id], (await Requests.ReadAsync<CaseAnswer>(named)).Photos);
        Assert.Contains("/api/v1/photos", await Requests.FieldErrorAsync(missing, "photos[1]"));
        Assert.NotEmpty(await Requests.FieldErrorAsync(missingResult, "spot.photos[0]"));
    }

    private async Task<HttpResponseMessage> PostAsync(byte[] content, string type)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/v1/photos") { Content = Requests.Body(content, type) };
        // a refusal would otherwise meet a client that still writes
        request.Headers.ExpectContinue = content.Length > 256 * 1024;
        return await shared.Client.SendAsync(request);
    }
}
