namespace Situational.Storage.Sqlite;

/// <summary>One step of the schema.</summary>
/// <param name="Sql">Statements.</param>
/// <param name="Then">What SQL cannot do, in the same transaction; null for nothing.</param>
internal sealed record SchemaStep(string Sql, Action<Session>? Then = null)
{
    public static implicit operator SchemaStep(string sql) => new(sql);
}
