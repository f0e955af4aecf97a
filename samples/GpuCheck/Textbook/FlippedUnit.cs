using SdCompiler.Runtime;

namespace SdCompiler.Samples.GpuCheck.Textbook;

/// <summary>Masks with one mistake: one unit of a site, dropped where it was kept and kept where it was dropped, at one step, in every row.</summary>
/// <param name="masks">The right masks.</param>
/// <param name="site">The site.</param>
/// <param name="step">The step.</param>
/// <param name="flipped">The unit.</param>
internal sealed class FlippedUnit(IMultipliers masks, MaskSite site, int step, int flipped) : IMultipliers
{
    public double Of(string layer, DropoutSites kind, int t, int unit, int row)
    {
        double right = masks.Of(layer, kind, t, unit, row);
        bool wrong = t == step && unit == flipped && layer == site.Layer && kind == site.Site;
        return !wrong ? right : right == 0 ? site.Scale : 0;
    }
}
