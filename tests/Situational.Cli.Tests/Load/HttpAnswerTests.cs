using System.Text;
using Situational.Cli.Load;

namespace Situational.Cli.Tests.Load;

/// <summary>Answers by length and in chunks, however much of them is there.</summary>
public sealed class HttpAnswerTests
{
    [Theory]
    [InlineData("HTTP/1.1 202 Accepted\r\nDate: x\r\ncontent-length: 5\r\n\r\nhello", 202, "hello", false)]
    [InlineData("HTTP/1.1 503 No\r\nConnection: close\r\nContent-Length: 0\r\n\r\n", 503, "", true)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nA\r\n, city lar\r\n2\r\nge\r\n0\r\n\r\n", 200, "hello, city large", false)]
    [InlineData("HTTP/1.1 204 No Content\r\n\r\n", 204, "", false)]
    public void TryRead_OfEveryPart_WaitsForTheWhole(string text, int status, string body, bool closes)
    {
        for (var length = 0; length < text.Length; length++)
            Assert.False(HttpAnswer.TryRead(Encoding.ASCII.GetBytes(text[..length]), out _), text[..length]);

        var bytes = Encoding.ASCII.GetBytes(text + "HTTP/1.1 200 OK\r\n");
        Assert.True(HttpAnswer.TryRead(bytes, out var answer));
        Assert.Equal((status, closes, text.Length), (answer.Status, answer.Closes, answer.End));
        Assert.Equal(body, Encoding.ASCII.GetString(bytes, answer.BodyAt, answer.BodyLength));
    }

    [Theory]
    [InlineData("SSH-2.0-OpenSSH and more\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nno size\r\n")]
    public void TryRead_OfWhatIsNoAnswer_Throws(string text) =>
        Assert.Throws<IOException>(() => HttpAnswer.TryRead(Encoding.ASCII.GetBytes(text), out _));
}
