namespace Situational.Domain.Catalogue;

/// <summary>What a category is about, as in GB/T 30428.2. The numbers may be stored.</summary>
public enum CategoryKind
{
    /// <summary>事件: something that happens.</summary>
    Event = 1,

    /// <summary>部件: a thing of the city's own, such as a manhole cover.</summary>
    Component = 2,
}
