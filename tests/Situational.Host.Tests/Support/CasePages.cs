using Situational.Contracts.Http;

namespace Situational.Host.Tests.Support;

/// <summary>Every case there is, page by page.</summary>
internal static class CasePages
{
    public static async Task<List<CaseAnswer>> AllAsync(HttpClient client)
    {
        var all = new List<CaseAnswer>();
        string? cursor = null;
        do
        {
            var page = await Requests.GetAsync<CasesAnswer>(client, "api/v1/cases?limit=1000" + (cursor is null ? "" : "&cursor=" + Uri.EscapeDataString(cursor)));
            all.AddRange(page.Cases);
            cursor = page.Next;
        }
        while (cursor is not null);
        return all;
    }
}
