using Situational.Domain.Cases;
using Situational.Domain.Catalogue;
using Situational.Domain.Deadlines;
using Situational.Grains.Territory;

namespace Situational.Host.Api;

/// <summary>The words of an export in the reader's language.</summary>
internal sealed class CaseTables(CityRules rules, ITerritorySource territories)
{
    /// <summary>The languages.</summary>
    public static readonly string[] Languages = ["zh", "en"];

    /// <summary>The columns, in English, Chinese.</summary>
    public static readonly (string En, string Zh)[] Columns =
    [
        ("case", "案件编号"), ("grid", "网格编码"), ("grid name", "网格名称"), ("category code", "类别代码"), ("category", "类别"), ("severity", "等级"),
        ("stage", "环节"), ("description", "问题描述"), ("latitude", "纬度"), ("longitude", "经度"), ("source", "来源"), ("reported at", "上报时间"),
        ("updated at", "更新时间"), ("ended at", "结束时间"), ("due at", "时限"), ("deadline", "时限状态"), ("assignee kind", "处置主体类型"),
        ("assignee", "处置主体"), ("escalated to", "升级至"), ("reports", "上报次数"), ("on the spot", "即查即办"), ("reworks", "返工次数"),
        ("suspensions", "缓办次数"), ("merged into", "并入案件"), ("note", "最近说明"),
    ];

    private static readonly string[] SeveritiesZh = ["红", "橙", "黄", "蓝"];
    private static readonly string[] LevelsZh = ["正常", "即将超时", "超时", "严重超时"];
    private static readonly string[] StagesZh = ["上报", "立案", "派遣", "处置", "反馈", "核查", "结案", "不予立案", "回退", "返工", "缓办", "并案"];

    /// <summary>Names of the columns, for the description of the API.</summary>
    public static string ColumnNames => string.Join(", ", Columns.Select(c => c.En));

    /// <summary>The words in a language; zh when none is given.</summary>
    public Words In(string? language) => new(language == "en", rules, territories);

    /// <summary>The words in one language.</summary>
    internal sealed class Words(bool english, CityRules rules, ITerritorySource territories)
    {
        /// <summary>The header.</summary>
        public IEnumerable<string> Header => Columns.Select(c => english ? c.En : c.Zh);

        /// <summary>The zone that times are written in.</summary>
        public TimeZoneInfo Zone => rules.Calendar.Zone;

        /// <summary>A severity.</summary>
        public string Of(Severity severity) => english ? CaseNames.Of(severity) : SeveritiesZh[severity - Severity.Red];

        /// <summary>A stage.</summary>
        public string Of(Stage stage) => english ? CaseNames.Of(stage) : StagesZh[stage - Stage.Reported];

        /// <summary>A level of a deadline.</summary>
        public string Of(DeadlineLevel level) => english ? CaseNames.Of(level) : LevelsZh[(int)level];

        /// <summary>A category's name; its code when the catalogue no longer has it.</summary>
        public string Category(string code) =>
            rules.Categories.TryGetValue(code, out var category) ? english ? category.Name.En : category.Name.Zh : code;

        /// <summary>A grid's name; empty when the territory in force no longer has it.</summary>
        public string Grid(string code) => territories.Current?.Territory.Find(code)?.Name ?? "";

        /// <summary>A department's name, a unit's or squad's id.</summary>
        public string Of(Assignee assignee) => assignee.Kind == AssigneeKind.Department && rules.Departments.TryGetValue(assignee.Id, out var department)
            ? english ? department.Name.En : department.Name.Zh
            : assignee.Id;

        /// <summary>Yes or no.</summary>
        public string Of(bool value) => english ? value ? "yes" : "no" : value ? "是" : "否";
    }
}
