using Microsoft.Data.Sqlite;
using Situational.Contracts.Http;
using Situational.Host.Tests.Support;
using Situational.Testing;

namespace Situational.Host.Tests.Faults;

/// <summary>A backup of a real host's store, made as the README of the storage says, and a host that starts on it.</summary>
[Trait("Fault", "S14")]
public sealed class RestoreTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Copy_OfAFileInUseOrAtRest_HasEverythingAndVerifiesClean(bool inUse)
    {
        var copy = Directory.CreateTempSubdirectory("situational-copy-");
        try
        {
            await using var host = await HostProcess.StartAsync();
            using var client = host.CreateClient();
            await Requests.PutCityAsync(client);
            var photo = await AddPhotoAsync(client);
            for (var i = 0; i < 8; i++)
                await Walk.AlongAsync(client, (await Requests.OpenCaseAsync(client, i % 4)).Id, i % (Walk.Line.Count + 1));
            var before = await CasePages.AllAsync(client);

            if (!inUse)
                await host.StopAsync();
            Copy(host.DataFolder, copy.FullName, inUse);
            if (inUse)
                await host.StopAsync();

            await using (var restored = await HostProcess.StartAsync(new HostProcessOptions { DataFolder = copy.FullName }))
            {
                using var reader = restored.CreateClient();
                Assert.Equal(before.Select(State), (await CasePages.AllAsync(reader)).Select(State));
                Assert.Equal(Photo, await reader.GetByteArrayAsync("api/v1/photos/" + photo));
                // it goes on where the other stopped
                Assert.DoesNotContain((await Requests.OpenCaseAsync(reader, 0)).Id, before.Select(c => c.Id));
                Assert.Equal(0, await restored.StopAsync());
            }
            var verified = await HostProcess.RunToExitAsync(["verify", "--data", copy.FullName]);
            Assert.Equal(0, verified.Code);
            Assert.Contains("No fault found.", verified.Output, StringComparison.Ordinal);
        }
        finally
        {
            copy.Delete(recursive: true);
        }
    }

    private static readonly byte[] Photo = [0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3];

    private static (string Id, string Stage, long Revision, string Grid) State(CaseAnswer answer) => (answer.Id, answer.Stage, answer.Revision, answer.Grid);

    private static async Task<string> AddPhotoAsync(HttpClient client)
    {
        using var answer = await client.PostAsync("api/v1/photos", Requests.Body(Photo, "image/jpeg"));
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return (await Requests.ReadAsync<PhotoAnswer>(answer)).Id;
    }

    /// <summary>First the database, then the photos that it names.</summary>
    private static void Copy(string from, string to, bool inUse)
    {
        if (inUse)
        {
            using var connection = new SqliteConnection($"Data Source={Path.Combine(from, "situational.db")};Pooling=False");
            connection.Open();
            using var vacuum = connection.CreateCommand();
            vacuum.CommandText = "VACUUM INTO $to";
            vacuum.Parameters.AddWithValue("$to", Path.Combine(to, "situational.db"));
            vacuum.ExecuteNonQuery();
        }
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            // the database in use was copied above; its log and the lock are the running host's
            if (inUse && Path.GetFileName(file).StartsWith("situational.", StringComparison.Ordinal))
                continue;
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
