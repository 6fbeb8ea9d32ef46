using Microsoft.Extensions.DependencyInjection;
using Situational.Storage.Sqlite;

namespace Situational.Storage.Tests.Support;

/// <summary>A store on SQLite.</summary>
/// <param name="settings">Settings below <c>Situational:Storage</c>.</param>
public sealed class StoreFolder(params (string Name, string Value)[] settings) : StoreUnderTest(settings)
{
    /// <summary>A slow disk is waited for unless the settings say otherwise.</summary>
    private static readonly (string, string)[] Waiting = [("AnswerSeconds", "60")];

    public string File => System.IO.Path.Combine(Data, "situational.db");

    internal SqliteStore Store => Services.GetRequiredService<SqliteStore>();

    protected override (string Name, string Value)[] Patient => Waiting;

    public static ServiceProvider Build(string data, TimeProvider time, params (string Name, string Value)[] settings) =>
        Build(data, time, null, [.. Waiting, .. settings]);
}
