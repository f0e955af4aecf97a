using Xunit;

namespace SdCompiler.Translator.Tests;

/// <summary>A fact that needs sacreBLEU; skipped, with the reason, where it is absent.</summary>
public sealed class RequiresSacreBleuFactAttribute : FactAttribute
{
    public RequiresSacreBleuFactAttribute()
    {
        if (PythonSacreBleu.Missing is string reason)
        {
            Skip = reason;
        }
    }
}
