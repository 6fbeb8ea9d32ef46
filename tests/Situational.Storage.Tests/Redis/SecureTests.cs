using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Situational.Storage.Redis;
using Situational.Storage.Tests.Support;
using Situational.Testing;

namespace Situational.Storage.Tests.Redis;

/// <summary>A Redis user of this system alone, and TLS.</summary>
[Trait("Fault", "S14")]
public sealed class SecureTests
{
    private const string Secret = "the-secret-of-its-own-user";

    [Fact]
    public async Task Store_AsItsOwnUser_WorksThroughARestartAndNoLogShowsTheSecret()
    {
        await using var redis = await RedisServer.StartAsync(WithUser());
        using var store = new RedisSpace(redis, ("Redis:User", "situational"), ("Redis:Password", Secret));
        var grid = new TestGrid("g");
        await grid.AppendAsync(store.Journal, grid.Open());
        Assert.Contains("user=situational", await redis.CommandAsync(["CLIENT", "LIST"]), StringComparison.Ordinal);
        await redis.RestartAsync();
        await grid.AppendSurelyAsync(store.Journal, grid.Open("key"));
        Assert.Single((await store.Journal.SearchAsync(new Domain.Journal.CaseQuery(["g"], 1), default)).Cases);
        Assert.DoesNotContain(store.Log.Lines, l => l.Text.Contains(Secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Store_AsItsOwnUserWithTheWrongPassword_DoesNotStart()
    {
        await using var redis = await RedisServer.StartAsync(WithUser());
        using var store = new RedisSpace(redis, ("Redis:User", "situational"), ("Redis:Password", "not-that"), ("Redis:StartSeconds", "2"));
        await Assert.ThrowsAsync<StorageUnusableException>(() => store.Service<RedisStore>().StartAsync(default));
        Assert.DoesNotContain(store.Log.Lines, l => l.Text.Contains("not-that", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Store_OverTls_WorksWithTheAuthorityThatIsNamedAndNoOther()
    {
        var folder = Directory.CreateTempSubdirectory("situational-tls-");
        try
        {
            var good = MakeCertificate(folder, "good");
            var other = MakeCertificate(folder, "other");
            var port = FreePort();
            var options = WithUser();
            await using var redis = await RedisServer.StartAsync(options with
            {
                Arguments =
                [
                    .. options.Arguments, "--tls-port", $"{port}", "--tls-auth-clients", "no", "--tls-cert-file", good.Certificate,
                    "--tls-key-file", good.Key, "--tls-ca-cert-file", good.Certificate,
                ],
            });
            using var store = new RedisSpace(
                redis, ("Redis:Address", $"localhost:{port}"), ("Redis:Tls", "true"), ("Redis:CaFile", good.Certificate),
                ("Redis:User", "situational"), ("Redis:Password", Secret));
            var grid = new TestGrid("g");
            await grid.AppendAsync(store.Journal, grid.Open());
            store.Close();

            foreach (var settings in new (string, string)[][] { [("Redis:CaFile", other.Certificate)], [("Redis:CaFile", "")], [("Redis:Address", $"127.0.0.1:{port}")] })
            {
                using var wrong = new RedisSpace(redis, [.. store.Settings, .. settings, ("Redis:StartSeconds", "1")]);
                await Assert.ThrowsAsync<StorageUnusableException>(() => wrong.Service<RedisStore>().StartAsync(default));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Door_ForWhoDoesNotHaveItsSecret_StaysShut()
    {
        await using var redis = await RedisServer.StartAsync();
        using var door = new RedisDoor(new RedisAddress("127.0.0.1", redis.Port, null, null, null), tls: false);
        using var stranger = new TcpClient();
        await stranger.ConnectAsync(door.EndPoint);
        var guess = new string('A', 64);
        await stranger.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"*2\r\n$4\r\nAUTH\r\n$64\r\n{guess}\r\n*1\r\n$4\r\nPING\r\n"));
        Assert.Equal(0, await ReadAsync(stranger));

        using var friend = new TcpClient();
        await friend.ConnectAsync(door.EndPoint);
        await friend.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"*2\r\n$4\r\nAUTH\r\n$64\r\n{door.Secret}\r\n*1\r\n$4\r\nPING\r\n"));
        Assert.True(await ReadAsync(friend) > 0);
    }

    private static async Task<int> ReadAsync(TcpClient client)
    {
        try
        {
            return await client.GetStream().ReadAsync(new byte[100]).AsTask().WaitAsync(TimeSpan.FromMinutes(1));
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static RedisServerOptions WithUser() => new()
    {
        Arguments = ["--user", "situational", "on", $">{Secret}", "~test-*", "+@all", "-@dangerous", "+info", "+config|get", "+client|list"],
    };

    private static (string Certificate, string Key) MakeCertificate(DirectoryInfo folder, string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        var files = (Path.Combine(folder.FullName, name + ".pem"), Path.Combine(folder.FullName, name + ".key"));
        File.WriteAllText(files.Item1, certificate.ExportCertificatePem());
        File.WriteAllText(files.Item2, key.ExportPkcs8PrivateKeyPem());
        return files;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
