export const DISTRIBUTION = "aws:cloudfront/distribution:Distribution";
