using Xunit.Abstractions;

namespace SdCompiler.Generator.Tests.Diagnostics.Cases;

/// <summary>One mistake, and the only message that it must give.</summary>
public sealed class DiagnosticCase : IXunitSerializable
{
    /// <summary>For xunit.</summary>
    public DiagnosticCase()
    {
    }

    /// <summary>A case.</summary>
    /// <param name="id">The expected id.</param>
    /// <param name="source">The excerpt, with the text that must be underlined between [| and |].</param>
    /// <param name="message">The expected message.</param>
    /// <param name="csharp">Ids of errors that C# itself reports for this mistake, in order and without repetition.</param>
    public DiagnosticCase(string id, string source, string message, string csharp = "")
    {
        Id = id;
        Source = source;
        Message = message;
        CSharp = csharp;
    }

    public string Id { get; private set; } = "";

    public string Source { get; private set; } = "";

    public string Message { get; private set; } = "";

    public string CSharp { get; private set; } = "";

    public void Deserialize(IXunitSerializationInfo info)
    {
        Id = info.GetValue<string>(nameof(Id));
        Source = info.GetValue<string>(nameof(Source));
        Message = info.GetValue<string>(nameof(Message));
        CSharp = info.GetValue<string>(nameof(CSharp));
    }

    public void Serialize(IXunitSerializationInfo info)
    {
        info.AddValue(nameof(Id), Id);
        info.AddValue(nameof(Source), Source);
        info.AddValue(nameof(Message), Message);
        info.AddValue(nameof(CSharp), CSharp);
    }

    public override string ToString() => Id + ": " + Message;
}
