using Situational.Domain.Journal;
using Situational.Storage.Rows;

namespace Situational.Storage.Sqlite;

/// <summary>The audit trail on SQLite.</summary>
internal sealed class SqliteAuditTrail(SqliteStore store) : IAuditTrail
{
    private readonly AuditTable _audit = new(store.File);

    public Task AppendAsync(AuditEntry entry, CancellationToken cancellationToken)
    {
        var row = StoredAudit.Of(entry);
        return store.WriteAsync(session =>
        {
            AuditTable.Add(session, row);
            return true;
        }, cancellationToken);
    }

    public Task<AuditPage> SearchAsync(AuditQuery query, CancellationToken cancellationToken)
    {
        AuditTable.Compose(query);
        return store.SearchAsync(session => _audit.Search(session, query), cancellationToken);
    }
}
